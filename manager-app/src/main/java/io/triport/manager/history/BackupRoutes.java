package io.triport.manager.history;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Replies;
import io.triport.manager.key.KeyService;
import io.triport.manager.key.KeyText;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/backup} (manager API, section 3). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class BackupRoutes implements Routes {
    private final Namespaces namespaces;
    private final KeyService keys;
    private final Storage storage;

    BackupRoutes(Namespaces namespaces, KeyService keys, Storage storage) {
        this.namespaces = namespaces;
        this.keys = keys;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/backup/{ns}/{key}/check", this::check),
                Route.post("/api/backup/{ns}/{key}/undo", this::undo));
    }

    private StreamReply check(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var newest = storage.keyHistory(call.grant())
                .versions(namespace.title(), KeyText.key(call.variable("key")), Long.MAX_VALUE, 1);
        return Replies.ok(Json.object().put("exists", !newest.isEmpty()));
    }

    private StreamReply undo(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        keys.undo(Author.of(call), namespace, KeyText.key(call.variable("key")));
        return Replies.done();
    }
}
