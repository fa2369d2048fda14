package io.triport.manager.namespace;

import io.micronaut.context.annotation.Requires;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Replies;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/namespaces/{ns}/settings} (manager API, sections 8.3, 8.9 and 8.10). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class SettingsRoutes implements Routes {
    private static final String PATH = "/api/namespaces/{ns}/settings";

    private final Namespaces namespaces;
    private final NamespaceSettings settings;

    SettingsRoutes(Namespaces namespaces, NamespaceSettings settings) {
        this.namespaces = namespaces;
        this.settings = settings;
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
        var wish = settings.checked(new Fields(call.json()));
        if (wish.isEmpty()) {
            throw Fields.invalid("The body", "an object with versioning, schema, read_only or protected");
        }
        settings.change(Author.of(call), namespace, wish);
        return Replies.ok(settings.of(call.grant(), namespace.id()));
    }
}
