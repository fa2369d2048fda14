package io.triport.manager.credential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.identity.apikey.ApiKeyId;
import io.triport.identity.apikey.ApiKeyOrder;
import io.triport.identity.apikey.ApiKeyService;
import io.triport.identity.apikey.ApiKeySummary;
import io.triport.identity.launch.Desks;
import io.triport.identity.session.SessionDesk;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.GrantBook;
import io.triport.manager.access.GrantSubject;
import io.triport.manager.access.ManagerRole;
import io.triport.manager.access.Mechanisms;
import io.triport.manager.access.Right;
import io.triport.manager.access.RoleGrant;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.signin.WaysIn;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/api-keys} (manager API, section 8.10): for admins alone. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ApiKeyRoutes implements Routes {
    private static final String ALL = "/api/api-keys";
    private static final String ONE = ALL + "/{id}";

    private final Storage storage;
    private final Clock clock;
    private final KeyIssue issue;
    private final GrantBook book;
    private final FreshId ids;
    private final @Nullable ApiKeyService service;
    private final @Nullable SessionDesk sessions;

    ApiKeyRoutes(KeyIssue issue, WaysIn ways, Desks desks, Storage storage, GrantBook book, FreshId ids, Clock clock) {
        this.book = book;
        this.ids = ids;
        this.storage = storage;
        this.clock = clock;
        this.issue = issue;
        this.service = issue.settings() == null ? null : desks.apiKeys(issue.settings());
        this.sessions = ways.sessions() == null ? null : desks.sessions(ways.sessions());
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(ALL, this::list), Route.post(ALL, this::create), Route.delete(ONE, this::end));
    }

    private ApiKeyService service(Call call) {
        call.caller().requireAdmin();
        if (service == null) {
            throw Problem.INVALID_ARGUMENT.refused("API keys need triport.manager.api-key-pepper in the configuration");
        }
        return service;
    }

    private StreamReply list(Call call) {
        var shown = Json.array();
        var grants = book.shelf().list(call.grant());
        service(call).list().forEach(key -> shown.add(shown(key, grants)));
        return Replies.ok(Json.object().set("api_keys", shown));
    }

    /** The only answer that has the key. */
    private StreamReply create(Call call) {
        var keys = service(call);
        var fields = new Fields(call.json());
        var settings = issue.settings();
        if (settings == null) {
            throw new IllegalStateException("settings: none (expected: those of the service)");
        }
        var right = Right.read(ManagerRole.named(fields.text("role").orElse(ManagerRole.VIEWER.text())), fields);
        var order = new ApiKeyOrder(
                settings.environment(),
                new Subject(fields.required("name")),
                // Without its grant such a key opens nothing, should what follows fail.
                Set.of(right.everywhere() ? right.role().scope() : ManagerRole.GRANTED),
                fields.any("cidrs")
                        .map(list -> cidrs(Fields.texts("cidrs", list)))
                        .orElse(List.of()),
                fields.text("expires_at").map(ApiKeyRoutes::moment).orElse(Instant.MAX));
        if (!order.expiresAt().isAfter(clock.instant())) {
            throw new InvalidInput("expires_at", "a time to come");
        }
        // Before there is a key, which lies with identity: a call that is repeated must not make another one.
        call.effect().withhold();
        call.effect().note(storage);
        var made = keys.create(order);
        var summary = keys.find(made.id()).orElseThrow(() -> new IllegalStateException("key: gone"));
        var grant = new RoleGrant(
                GrantSubject.key(made.id().text()),
                right,
                Moments.text(clock.instant()),
                call.caller().user());
        call.effect().together(storage, unit -> {
            if (!right.everywhere()) {
                book.shelf().within(unit).add(call.grant(), ids.any(), grant);
            }
            return tell(
                    unit,
                    call,
                    "create_api_key",
                    Json.object()
                            .put("id", made.id().text())
                            .put("name", summary.owner().text()));
        });
        book.changed();
        return Replies.of(201, shown(summary, book.shelf().list(call.grant())).put("key", made.reveal()));
    }

    /** Keys lie with identity and not with the data, so this entry follows the change and is not one with it. */
    private AuditEntry tell(Storage unit, Call call, String operation, ObjectNode details) {
        return Author.of(call)
                .tell(unit, operation, AuditPlace.NONE, clock.instant(), new JsonText(details.toString()));
    }

    private static List<Cidr> cidrs(List<String> texts) {
        return texts.stream().map(Cidr::parse).toList();
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInput("expires_at", "a time such as 2027-12-31T00:00:00Z");
        }
    }

    private StreamReply end(Call call) {
        var keys = service(call);
        ApiKeyId id;
        try {
            id = new ApiKeyId(call.variable("id"));
        } catch (InvalidInput e) {
            throw Problem.NOT_FOUND.refused("There is no such API key");
        }
        if (sessions != null && keys.find(id).isPresent()) {
            // First, so that a request that comes again after half of this has failed does all of it.
            sessions.endAll(Mechanisms.OURSELVES, id.credential().text());
        }
        if (!keys.delete(id)) {
            throw Problem.NOT_FOUND.refused("There is no such API key");
        }
        call.effect().together(storage, unit -> {
            var grants = book.shelf().within(unit);
            grants.list(call.grant()).stream()
                    .filter(kept -> kept.value().subject().equals(GrantSubject.key(id.text())))
                    .forEach(kept -> grants.remove(call.grant(), kept.id()));
            return tell(unit, call, "delete_api_key", Json.object().put("id", id.text()));
        });
        book.changed();
        return Replies.ok(Json.object().put("deleted", true));
    }

    private static ObjectNode shown(ApiKeySummary key, List<Kept<RoleGrant>> grants) {
        var roles = Json.array();
        for (var role : ManagerRole.values()) {
            if (key.scopes().contains(role.scope())) {
                roles.add(role.text());
            }
        }
        var cidrs = Json.array();
        key.cidrs().forEach(block -> cidrs.add(block.toString()));
        var node =
                Json.object().put("id", key.id().text()).put("name", key.owner().text());
        node.set("roles", roles);
        var rights = node.putArray("grants");
        grants.stream()
                .filter(kept ->
                        kept.value().subject().equals(GrantSubject.key(key.id().text())))
                .forEach(kept -> rights.add(kept.value().right().shown().put("id", kept.id())));
        node.set("cidrs", cidrs);
        node.put("created_at", Moments.text(key.createdAt()));
        moment(node, "expires_at", key.expiresAt(), Instant.MAX);
        moment(node, "last_used_at", key.lastUsedAt(), Instant.MIN);
        moment(node, "disabled_at", key.disabledAt(), Instant.MAX);
        return node;
    }

    private static void moment(ObjectNode node, String name, Instant at, Instant none) {
        if (at.equals(none)) {
            node.putNull(name);
        } else {
            node.put(name, Moments.text(at));
        }
    }
}
