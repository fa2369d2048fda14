package io.triport.manager.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeyTree;
import io.triport.domain.table.NamespaceStatistics;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Replies;
import io.triport.manager.key.KeyShape;
import io.triport.manager.key.OwnKeys;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** A namespace as a tree and in numbers (manager API, section 8.7). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class TreeRoutes implements Routes {
    private static final String DELIMITER = ":";
    private static final int MOST = 1_000;

    private final Namespaces namespaces;
    private final Storage storage;
    private final Clock clock;

    TreeRoutes(Namespaces namespaces, Storage storage, Clock clock) {
        this.clock = clock;
        this.namespaces = namespaces;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/keys/{ns}/tree", this::tree),
                Route.get("/api/namespaces/{ns}/stats", this::statistics));
    }

    private StreamReply tree(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var query = call.query();
        var area =
                new KeyArea(namespace.title(), KeyPrefix.of(query.text("prefix").orElse("")));
        var parts = OwnKeys.parts(call.grant(), namespace.title(), area.prefix());
        var tree = new OwnTree(storage.keyCatalogue(call.grant()), namespace.title(), parts)
                .level(new KeyTree.Query(
                        area,
                        query.text("delimiter").orElse(DELIMITER),
                        Bytes.parseHex(query.text("cursor").orElse("")),
                        query.number("limit", 1, MOST, MOST)));
        var prefixes = Json.array();
        tree.branches()
                .forEach(branch -> prefixes.add(
                        Json.object().put("prefix", text(branch.prefix())).put("count", branch.keys())));
        var keys = Json.array();
        tree.leaves().forEach(leaf -> keys.add(shown(leaf)));
        var result = Json.object();
        result.set("prefixes", prefixes);
        result.set("keys", keys);
        if (!tree.next().isEmpty()) {
            result.put("cursor", tree.next().toHex());
        }
        return Replies.ok(result);
    }

    private StreamReply statistics(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var found = new OwnStatistics(
                        storage.keyCatalogue(call.grant()), call.grant(), namespace.title(), clock.instant())
                .of(call.query().text("delimiter").orElse(DELIMITER));
        var lifetimes = Json.object();
        for (var lifetime : NamespaceStatistics.Lifetime.values()) {
            var name = lifetime == NamespaceStatistics.Lifetime.NEVER
                    ? "none"
                    : lifetime.name().toLowerCase(Locale.ROOT);
            lifetimes.put(name, found.lifetimes().getOrDefault(lifetime, 0L));
        }
        var largest = Json.array();
        found.largest().forEach(key -> largest.add(shown(key)));
        var prefixes = Json.array();
        found.prefixes()
                .forEach(prefix -> prefixes.add(Json.object()
                        .put("prefix", text(prefix.prefix()))
                        .put("count", prefix.keys())
                        .put("bytes", prefix.bytes())));
        var result = Json.object()
                .put("key_count", found.totals().keys())
                .put("total_bytes", found.totals().bytes())
                .put("keys_with_ttl", found.totals().expiring());
        result.set("ttl_histogram", lifetimes);
        result.set("largest_keys", largest);
        result.set("top_prefixes", prefixes);
        return Replies.ok(result);
    }

    private static ObjectNode shown(KeyRecord key) {
        var node = Json.object().put("name", key.key().text()).put("size", key.size());
        KeyShape.expiration(node, key.expiry());
        return node.put("updated_at", Moments.text(key.updated()));
    }

    /** A prefix may end within a character. */
    private static String text(KeyPrefix prefix) {
        return new String(prefix.bytes().toByteArray(), StandardCharsets.UTF_8);
    }
}
