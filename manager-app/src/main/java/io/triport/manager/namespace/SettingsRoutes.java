package io.triport.manager.namespace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.GrantBook;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Replies;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code /api/namespaces/{ns}/settings}: how many versions of its keys a namespace keeps, and what is not to happen to it (manager
 * API, sections 8.3 and 8.10).
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class SettingsRoutes implements Routes {
    private static final String PATH = "/api/namespaces/{ns}/settings";
    private static final String VERSIONING = "versioning";
    private static final String READ_ONLY = "read_only";
    private static final String PROTECTED = "protected";
    private static final long MOST_VERSIONS = 1_000;

    /** A hundred years, in seconds. */
    private static final long LONGEST = 3_155_760_000L;

    private final Namespaces namespaces;
    private final Storage storage;
    private final GrantBook grants;
    private final Clock clock;

    SettingsRoutes(Namespaces namespaces, Storage storage, GrantBook grants, Clock clock) {
        this.grants = grants;
        this.clock = clock;
        this.namespaces = namespaces;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(PATH, this::read), Route.put(PATH, this::write));
    }

    private StreamReply read(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        return Replies.ok(read(storage.settings(call.grant()), namespace));
    }

    private static ObjectNode read(Settings settings, Namespace namespace) {
        var present = settings.find(name(namespace))
                .map(document -> new Fields(Json.parse(document.content().text())).object())
                .orElseGet(Json::object);
        var all = Json.object();
        all.set(VERSIONING, Json.object().put("enabled", false));
        present.properties().forEach(field -> all.set(field.getKey(), field.getValue()));
        NamespaceMarks.read(present).into(all);
        return all;
    }

    private StreamReply write(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        call.caller().requireAdmin(namespace.title());
        var fields = new Fields(call.json());
        var versioning = fields.any(VERSIONING).map(node -> versioning(new Fields(node)));
        if (versioning.isEmpty() && !fields.has(READ_ONLY) && !fields.has(PROTECTED)) {
            throw Fields.invalid(VERSIONING, "an object, or read_only or protected be there");
        }
        var by = Author.of(call);
        var written = storage.together(call.grant(), unit -> {
            var present = read(unit.settings(call.grant()), namespace);
            versioning.ifPresent(node -> present.set(VERSIONING, node));
            var marks = NamespaceMarks.read(present);
            new NamespaceMarks(
                            fields.has(READ_ONLY) ? fields.flag(READ_ONLY) : marks.readOnly(),
                            fields.has(PROTECTED) ? fields.flag(PROTECTED) : marks.guarded())
                    .into(present);
            var content = new JsonText(present.toString());
            unit.settings(call.grant()).put(name(namespace), content, Settings.WHATEVER);
            unit.auditTrail(call.grant())
                    .append(List.of(new AuditEntry(
                            AuditPlace.of(namespace.id()),
                            "namespace_settings",
                            by.user(),
                            by.source(),
                            by.grant().request(),
                            clock.instant(),
                            content)));
            return present;
        });
        grants.changed();
        return Replies.ok(written);
    }

    private static ObjectNode versioning(Fields versioning) {
        return Json.object()
                .put("enabled", versioning.flag("enabled"))
                .put("max_versions", bounded(versioning.whole("max_versions"), MOST_VERSIONS, "max_versions"))
                .put("max_age", bounded(versioning.whole("max_age"), LONGEST, "max_age"));
    }

    /** Absent and 0 are no bound. */
    private static long bounded(OptionalLong number, long most, String name) {
        var bound = number.orElse(0);
        if (bound < 0 || bound > most) {
            throw Fields.invalid(name, "0.." + most);
        }
        return bound;
    }

    private static DocumentName name(Namespace namespace) {
        return new DocumentName(Namespaces.SETTINGS, namespace.id().text());
    }
}
