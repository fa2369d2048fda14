package io.triport.manager.namespace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /api/namespaces} (manager API, section 2). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class NamespaceRoutes implements Routes {
    private final Namespaces namespaces;
    private final NamespaceStart start;
    private final Storage storage;

    NamespaceRoutes(Namespaces namespaces, NamespaceStart start, Storage storage) {
        this.start = start;
        this.namespaces = namespaces;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/namespaces", this::list),
                Route.post("/api/namespaces", this::create),
                Route.get("/api/namespaces/{id}/info", this::info),
                Route.patch("/api/namespaces/{id}/rename", this::rename),
                Route.delete("/api/namespaces/{id}", this::drop));
    }

    private StreamReply list(Call call) {
        var all = Json.array();
        for (var namespace : namespaces.all(call.grant())) {
            var totals = storage.keyCatalogue(call.grant()).totals(namespace.title());
            var node = marked(call, shown(namespace), namespace).put("estimated_key_count", totals.keys());
            firstWritten(call, namespace).ifPresent(first -> node.put("first_accessed", Moments.text(first)));
            all.add(
                    totals.lastWritten().equals(Instant.MIN)
                            ? node
                            : node.put("last_accessed", Moments.text(totals.lastWritten())));
        }
        return Replies.ok(all);
    }

    private StreamReply info(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("id"));
        var totals = storage.keyCatalogue(call.grant()).totals(namespace.title());
        var node = Json.object()
                .put("id", namespace.id().text())
                .put("title", namespace.title().text())
                .put("estimated_key_count", totals.keys())
                .put("total_bytes", totals.bytes())
                .put("keys_with_ttl", totals.expiring());
        firstWritten(call, namespace)
                .ifPresentOrElse(
                        first -> node.put("first_accessed", Moments.text(first)), () -> node.putNull("first_accessed"));
        if (totals.lastWritten().equals(Instant.MIN)) {
            node.putNull("last_accessed");
        } else {
            node.put("last_accessed", Moments.text(totals.lastWritten()));
        }
        marked(call, node, namespace);
        NamespaceColor.of(storage.settings(call.grant()), namespace.id())
                .ifPresentOrElse(color -> node.put("color", color), () -> node.putNull("color"));
        return Replies.ok(node);
    }

    private Optional<Instant> firstWritten(Call call, Namespace namespace) {
        return storage.keyCatalogue(call.grant()).firstWritten(namespace.title());
    }

    /** What the caller may do there, and what nobody may. */
    private ObjectNode marked(Call call, ObjectNode node, Namespace namespace) {
        var rights = call.caller().rights();
        rights.highest(namespace.title()).ifPresent(role -> node.put("role", role.text()));
        if (!rights.whole(namespace.title())) {
            var prefixes = node.putArray("key_prefixes");
            rights.all().stream()
                    .filter(right -> right.in(namespace.title()))
                    .flatMap(right -> right.prefixes().stream())
                    .distinct()
                    .forEach(prefixes::add);
        }
        NamespaceMarks.of(storage.settings(call.grant()), namespace.id()).shown(node);
        return node;
    }

    private StreamReply create(Call call) {
        var fields = new Fields(call.json());
        var filling = start.wished(call, fields);
        var namespace = namespaces.create(Author.of(call), title(fields));
        filling.into(call, namespace);
        return Replies.ok(shown(namespace));
    }

    private StreamReply rename(Call call) {
        return Replies.ok(
                shown(namespaces.rename(Author.of(call), call.variable("id"), title(new Fields(call.json())))));
    }

    private StreamReply drop(Call call) {
        namespaces.drop(Author.of(call), call.variable("id"), call.query().text("confirm"));
        return Replies.done();
    }

    private static String title(Fields fields) {
        return fields.text("title").orElseThrow(Problem.TITLE_MISSING::refused);
    }

    private static ObjectNode shown(Namespace namespace) {
        return Json.object()
                .put("id", namespace.id().text())
                .put("title", namespace.title().text())
                .put("supports_url_encoding", true);
    }
}
