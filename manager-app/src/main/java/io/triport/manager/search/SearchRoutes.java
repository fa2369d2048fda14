package io.triport.manager.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.InvalidInput;
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
import io.triport.manager.key.KeySpace;
import io.triport.manager.key.OwnKeys;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /api/search} (manager API, sections 3 and 8.6). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class SearchRoutes implements Routes {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int MOST_PREVIEWED = 16_384;
    private static final Map<Named, String> NO_PREVIEWS = Map.of();

    private final Namespaces namespaces;
    private final Storage storage;
    private final SearchCursors cursors;

    SearchRoutes(Namespaces namespaces, Storage storage, SearchCursors cursors) {
        this.namespaces = namespaces;
        this.storage = storage;
        this.cursors = cursors;
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
                .flatMap(namespace -> OwnKeys.parts(call.grant(), namespace.title(), wanted.prefix()).stream()
                        .map(part -> new KeyArea(namespace.title(), part)))
                .toList();
        var paging = new Paging(query.number("limit", 1, MOST, USUAL), query.number("offset", 0, 1_000_000_000 - 1, 0));
        var found = areas.isEmpty()
                ? new FoundKeys(List.of(), 0)
                : storage.keyCatalogue(call.grant())
                        .search(new KeySearch(areas, wanted.filter(), wanted.order(), paging, cursors.start(query)));
        Map<NamespaceTitle, Namespace> byTitle = new HashMap<>();
        spaces.forEach(namespace -> byTitle.put(namespace.title(), namespace));
        var previews =
                query.text("preview").filter("true"::equals).isPresent() ? previews(call, found.keys()) : NO_PREVIEWS;
        var shown = Json.array();
        for (var key : found.keys()) {
            var namespace = byTitle.get(key.namespace());
            if (namespace != null) {
                var node = shown(namespace, key);
                var preview = previews.get(new Named(key.namespace(), key.key()));
                shown.add(preview == null ? node : node.put("value_preview", preview));
            }
        }
        var reply = Replies.ok(shown).with("X-Total-Count", Long.toString(found.total()));
        return found.keys().size() == paging.limit()
                ? reply.with("X-Next-Cursor", cursors.after(query, found.keys().getLast()))
                : reply;
    }

    private record Named(NamespaceTitle namespace, KvKey key) {}

    /** How small texts begin that the caller may read. */
    private Map<Named, String> previews(Call call, List<KeyRecord> found) {
        var small = found.stream()
                .filter(key -> key.size() <= MOST_PREVIEWED)
                .collect(Collectors.groupingBy(KeyRecord::namespace));
        var previews = new HashMap<Named, String>();
        small.forEach((title, keys) -> {
            var space = new KeySpace(storage, call.grant(), title);
            var readable = keys.stream()
                    .filter(key -> space.permits(Action.KV_GET, key.key()))
                    .collect(Collectors.toMap(KeyRecord::key, key -> key));
            space.entries(readable).forEach((key, entry) -> {
                try {
                    previews.put(
                            new Named(title, key),
                            ValueQuery.beginning(entry.value().toUtf8()));
                } catch (InvalidInput e) {
                    // Bytes that are no text have no preview.
                }
            });
        });
        return previews;
    }

    /** One that is named, or all in which the caller may list some keys. */
    private List<Namespace> spaces(Call call, String id) {
        return id.isEmpty()
                ? namespaces.all(call.grant()).stream()
                        .filter(namespace -> !call.grant()
                                .prefixes(Action.KV_LIST, namespace.title().text())
                                .isEmpty())
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
        // An account elsewhere is walked through for longer than a unit may take, and again it finds nothing to do.
        call.effect().note(storage);
        return Replies.ok(Json.object()
                .put("message", "All keys are in the index")
                .put("total_keys", indexed.keys())
                .put("synced", indexed.added())
                .put("removed", indexed.gone()));
    }
}
