package io.triport.manager.namespace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Replies;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/namespaces} (manager API, section 2). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class NamespaceRoutes implements Routes {
    private final Storage storage;

    NamespaceRoutes(Storage storage) {
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/namespaces", this::list));
    }

    private StreamReply list(Call call) {
        var all = Json.array();
        storage.resources(call.grant()).namespaces().forEach(namespace -> all.add(shown(namespace)));
        return Replies.ok(all);
    }

    private static ObjectNode shown(Namespace namespace) {
        return Json.object()
                .put("id", namespace.id().text())
                .put("title", namespace.title().text())
                .put("supports_url_encoding", true);
    }
}
