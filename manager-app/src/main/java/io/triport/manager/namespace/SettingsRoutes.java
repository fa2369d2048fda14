package io.triport.manager.namespace;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.GrantBook;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Replies;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** {@code /api/namespaces/{ns}/settings} (manager API, sections 8.3, 8.9 and 8.10). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class SettingsRoutes implements Routes {
    private static final String PATH = "/api/namespaces/{ns}/settings";

    private final Namespaces namespaces;
    private final NamespaceSettings settings;
    private final Storage storage;
    private final GrantBook grants;
    private final Clock clock;

    SettingsRoutes(
            Namespaces namespaces, NamespaceSettings settings, Storage storage, GrantBook grants, Clock clock) {
        this.namespaces = namespaces;
        this.settings = settings;
        this.storage = storage;
        this.grants = grants;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(PATH, this::read), Route.put(PATH, this::write));
    }

    private StreamReply read(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        return Replies.ok(settings.of(call.grant(), namespace.id()));
    }

    private StreamReply write(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        call.caller().requireAdmin(namespace.title());
        var fields = new Fields(call.json());
        var wish = settings.checked(fields);
        wish.setAll(NamespaceMarks.wished(fields));
        if (wish.isEmpty()) {
            throw Fields.invalid("The body", "an object with versioning, schema, read_only or protected");
        }
        storage.together(call.grant(), unit -> {
            settings.change(unit, call.grant(), namespace.id(), wish);
            tell(unit, Author.of(call), namespace, new JsonText(wish.toString()));
            return true;
        });
        grants.changed();
        return Replies.ok(settings.of(call.grant(), namespace.id()));
    }

    private void tell(Storage unit, Author by, Namespace namespace, JsonText details) {
        unit.auditTrail(by.grant())
                .append(List.of(new AuditEntry(
                        AuditPlace.of(namespace.id()),
                        "namespace_settings",
                        by.user(),
                        by.source(),
                        by.grant().request(),
                        clock.instant(),
                        details)));
    }
}
