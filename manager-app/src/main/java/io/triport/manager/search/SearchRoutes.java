package io.triport.manager.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.FoundKeys;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.Paging;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Replies;
import io.triport.manager.key.KeyShape;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /api/search} (manager API, sections 3 and 8.6). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class SearchRoutes implements Routes {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Namespaces namespaces;
    private final Storage storage;

    SearchRoutes(Namespaces namespaces, Storage storage) {
        this.namespaces = namespaces;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/search", this::search), Route.post("/api/admin/sync-keys/{ns}", this::sync));
    }

    private StreamReply search(Call call) {
        var query = call.query();
        var wanted = SearchQuery.of(query);
        var spaces = spaces(
                call,
                query.text("namespaceId").or(() -> query.text("namespace_id")).orElse(""));
        var areas = spaces.stream()
                .map(namespace -> new KeyArea(namespace.title(), wanted.prefix()))
                .toList();
        var paging = new Paging(query.number("limit", 1, MOST, USUAL), query.number("offset", 0, 1_000_000_000 - 1, 0));
        var found = areas.isEmpty()
                ? new FoundKeys(List.of(), 0)
                : storage.keyCatalogue(call.grant())
                        .search(new KeySearch(areas, wanted.filter(), wanted.order(), paging));
        Map<NamespaceTitle, Namespace> byTitle = new HashMap<>();
        spaces.forEach(namespace -> byTitle.put(namespace.title(), namespace));
        var shown = Json.array();
        for (var key : found.keys()) {
            var namespace = byTitle.get(key.namespace());
            if (namespace != null) {
                shown.add(shown(namespace, key));
            }
        }
        return Replies.ok(shown).with("X-Total-Count", Long.toString(found.total()));
    }

    /** One that is named, or all in which the caller may list keys. */
    private List<Namespace> spaces(Call call, String id) {
        return id.isEmpty()
                ? namespaces.all(call.grant()).stream()
                        .filter(namespace -> call.grant()
                                .permits(
                                        Action.KV_LIST,
                                        ResourceName.container(namespace.title().text())))
                        .toList()
                : List.of(namespaces.require(call.grant(), id));
    }

    private static ObjectNode shown(Namespace namespace, KeyRecord key) {
        var node = Json.object()
                .put("namespace_id", namespace.id().text())
                .put("key_name", key.key().text());
        KeyShape.labels(node, key.labels());
        node.put("size", key.size());
        KeyShape.expiration(node, key.expiry());
        return node.put("created_at", Moments.text(key.created())).put("updated_at", Moments.text(key.updated()));
    }

    /** Of the manager's own store every live key has its row from the moment it is written, so there is nothing to add. */
    private StreamReply sync(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var indexed = storage.keyCatalogue(call.grant()).index(namespace.title());
        return Replies.ok(Json.object()
                .put("message", "All keys are in the index")
                .put("total_keys", indexed.keys())
                .put("synced", indexed.added())
                .put("removed", indexed.gone()));
    }
}
