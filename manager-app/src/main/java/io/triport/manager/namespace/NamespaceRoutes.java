package io.triport.manager.namespace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.Namespace;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
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
    private final Namespaces namespaces;

    NamespaceRoutes(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/namespaces", this::list),
                Route.post("/api/namespaces", this::create),
                Route.patch("/api/namespaces/{id}/rename", this::rename),
                Route.delete("/api/namespaces/{id}", this::drop));
    }

    private StreamReply list(Call call) {
        var all = Json.array();
        namespaces.all(call.grant()).forEach(namespace -> all.add(shown(namespace)));
        return Replies.ok(all);
    }

    private StreamReply create(Call call) {
        return Replies.ok(shown(namespaces.create(call.grant(), title(call))));
    }

    private StreamReply rename(Call call) {
        return Replies.ok(shown(namespaces.rename(call.grant(), call.variable("id"), title(call))));
    }

    private StreamReply drop(Call call) {
        namespaces.drop(call.grant(), call.variable("id"));
        return Replies.done();
    }

    private static String title(Call call) {
        return new Fields(call.json()).text("title").orElseThrow(Problem.TITLE_MISSING::refused);
    }

    private static ObjectNode shown(Namespace namespace) {
        return Json.object()
                .put("id", namespace.id().text())
                .put("title", namespace.title().text())
                .put("supports_url_encoding", true);
    }
}
