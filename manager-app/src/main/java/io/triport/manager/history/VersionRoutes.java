package io.triport.manager.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.VersionSummary;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.key.KeyService;
import io.triport.manager.key.KeyShape;
import io.triport.manager.key.KeyText;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/versions} (manager API, section 8.3). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class VersionRoutes implements Routes {
    private static final String ALL = "/api/versions/{ns}";
    private static final String OF_KEY = ALL + "/{key}";
    private static final String ONE = OF_KEY + "/{version}";
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Namespaces namespaces;
    private final KeyService keys;
    private final Storage storage;

    VersionRoutes(Namespaces namespaces, KeyService keys, Storage storage) {
        this.namespaces = namespaces;
        this.keys = keys;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::deleted),
                Route.get(OF_KEY, this::list),
                Route.get(OF_KEY + "/diff", this::compare),
                Route.get(ONE, this::read),
                Route.post(ONE + "/restore", this::restore));
    }

    private Namespace namespace(Call call) {
        return namespaces.require(call.grant(), call.variable("ns"));
    }

    private StreamReply deleted(Call call) {
        if (!call.query().text("deleted").orElse("").equals("true")) {
            throw Problem.INVALID_ARGUMENT.refused(
                    "deleted must be true: the versions of one key stand below its name");
        }
        var limit = call.query().number("limit", 1, MOST, USUAL);
        return page(
                storage.keyHistory(call.grant()).deleted(namespace(call).title(), before(call), limit), limit, true);
    }

    private StreamReply list(Call call) {
        var limit = call.query().number("limit", 1, MOST, USUAL);
        var found = storage.keyHistory(call.grant())
                .versions(namespace(call).title(), KeyText.key(call.variable("key")), before(call), limit);
        return page(found, limit, false);
    }

    private static long before(Call call) {
        return call.query()
                .text("cursor")
                .filter(text -> !text.isEmpty())
                .map(VersionRoutes::number)
                .orElse(Long.MAX_VALUE);
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.INVALID_ARGUMENT.refused("A version must be a number");
        }
        return Long.parseLong(text);
    }

    private static StreamReply page(List<VersionSummary> found, int limit, boolean named) {
        var shown = Json.array();
        for (var version : found) {
            var node = shown(version);
            shown.add(named ? node.put("name", version.key().text()) : node);
        }
        var result = Json.object();
        result.set("versions", shown);
        if (found.size() == limit) {
            result.put("cursor", Long.toString(found.getLast().number()));
        }
        return Replies.ok(result);
    }

    private static ObjectNode shown(VersionSummary version) {
        var node = Json.object()
                .put("version", version.number())
                .put("created_at", Moments.text(version.at()))
                .put("user_email", version.user())
                .put("operation", version.operation())
                .put("size", version.size())
                .put("etag", KeyShape.tag(version.version()));
        KeyShape.expiration(node, version.expiry());
        return node;
    }

    private KeptVersion version(Call call, String text) {
        KvKey key = KeyText.key(call.variable("key"));
        return storage.keyHistory(call.grant())
                .find(namespace(call).title(), key, number(text))
                .orElseThrow(Problem.BACKUP_NOT_FOUND::refused);
    }

    private StreamReply read(Call call) {
        var version = version(call, call.variable("version"));
        var more = Json.object()
                .put("version", version.number())
                .put("created_at", Moments.text(version.at()))
                .put("user_email", version.user())
                .put("operation", version.operation());
        var tags = Json.array();
        version.labels().tags().forEach(tag -> tags.add(tag.text()));
        more.set("tags", tags);
        call.keep(version.entry().value().size());
        return Replies.streamed(json -> KeyShape.whole(json, version.key(), version.entry(), more));
    }

    private StreamReply restore(Call call) {
        var key = KeyText.key(call.variable("key"));
        var version = keys.restore(Author.of(call), namespace(call), key, number(call.variable("version")));
        return Replies.done().with("ETag", KeyShape.tag(version));
    }

    /** From one version to another, or to what the key is now where none is named. */
    private StreamReply compare(Call call) {
        var query = call.query();
        var from = version(call, query.text("from").orElse(""));
        var to = query.text("to").filter(text -> !text.isEmpty());
        var target = to.isPresent()
                ? version(call, to.get()).entry()
                : storage.keyValue(call.grant(), namespace(call).title())
                        .get(from.key())
                        .orElseThrow(Problem.KEY_NOT_FOUND::refused);
        return Replies.ok(Difference.between(from.entry().value(), target.value()));
    }
}
