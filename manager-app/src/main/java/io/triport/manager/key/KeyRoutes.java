package io.triport.manager.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeyRecord;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/keys} (manager API, section 3). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class KeyRoutes implements Routes {
    private static final String ALL = "/api/keys/{ns}";
    private static final String ONE = ALL + "/{key}";
    private static final Map<KvKey, KeyRecord> NOTHING = Map.of();

    /** A value of 25 MiB as base64 or as escaped text, and what stands around it. */
    private static final ByteSize LONGEST = ByteSize.ofMiB(64);

    /** A value, and a piece of the document in which it is sent. */
    private static final int COPIES = 2;

    private final Namespaces namespaces;
    private final KeyService keys;
    private final Storage storage;
    private final Clock clock;

    KeyRoutes(Namespaces namespaces, KeyService keys, Storage storage, Clock clock) {
        this.namespaces = namespaces;
        this.keys = keys;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL + "/list", this::list),
                Route.post(ALL + "/bulk-get", this::readMany),
                Route.get(ONE, this::read),
                Route.put(ONE, this::write),
                Route.delete(ONE, this::delete));
    }

    private StreamReply list(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var query = call.query();
        var prefix = KeyPrefix.of(query.text("prefix").orElse(""));
        var limit = query.number("limit", 1, KvLimits.LIST_LIMIT, KvLimits.LIST_LIMIT);
        var page = OwnKeys.of(storage, call.grant(), namespace.title(), prefix)
                .page(query.text("cursor").orElse(""), limit);
        var shown = Json.array();
        var known = query.text("details").filter("true"::equals).isPresent() ? known(call, namespace, page) : NOTHING;
        page.keys().forEach(listed -> shown.add(listed(listed, known.get(listed.key()))));
        var result = Json.object();
        result.set("keys", shown);
        result.put("list_complete", page.last());
        if (!page.last()) {
            result.put("cursor", page.cursor());
        }
        return Replies.ok(result);
    }

    /** The console's columns; the contract's own clients do not ask for them. */
    private Map<KvKey, KeyRecord> known(Call call, Namespace namespace, OwnKeys.Listing page) {
        var keys = page.keys().stream().map(KvListed::key).toList();
        return keys.isEmpty() ? NOTHING : storage.keyCatalogue(call.grant()).find(namespace.title(), keys);
    }

    private static ObjectNode listed(KvListed listed, @Nullable KeyRecord known) {
        var node = KeyShape.listed(listed);
        if (known != null) {
            KeyShape.details(node, known);
        }
        return node;
    }

    private StreamReply read(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var key = KeyText.key(call.variable("key"));
        var entry = storage.keyValue(call.grant(), namespace.title())
                .get(key, call.reading(COPIES))
                .orElseThrow(Problem.KEY_NOT_FOUND::refused);
        return Replies.streamed(json -> KeyShape.whole(json, key, entry, Json.object()))
                .with("ETag", KeyShape.tag(entry.version()));
    }

    private StreamReply readMany(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var names = new Fields(call.json()).texts("keys");
        if (names.isEmpty() || names.size() > KvLimits.GET_MANY_KEYS) {
            throw Fields.invalid("keys", "a list of 1 to 100 names");
        }
        var wanted = names.stream().map(KeyText::key).distinct().toList();
        var found = storage.keyValue(call.grant(), namespace.title()).getMany(wanted, call.reading(COPIES));
        return Replies.streamed(json -> {
            json.plain("{\"values\":{");
            for (var key : wanted) {
                json.plain((key.equals(wanted.getFirst()) ? "" : ",") + Json.quoted(key.text()) + ":");
                var entry = found.get(key);
                if (entry == null) {
                    json.plain("null");
                } else {
                    KeyShape.whole(json, key, entry, Json.object());
                }
            }
            return json.plain("}}");
        });
    }

    private StreamReply write(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var key = KeyText.key(call.variable("key"));
        var condition = Conditions.of(call.fetch().headers());
        var sent = sent(call);
        var fields = sent.rest();
        var value = value(sent);
        if (call.fetch().body().length().isEmpty()) {
            // How much memory it takes is known now that it has arrived.
            call.hold(value.size());
        }
        var expiry = KeyExpiry.of(fields.whole("expiration_ttl"), fields.whole("expiration"), clock.instant());
        var keeping = fields.flag("keep_expiration");
        var version = keys.put(Author.of(call), namespace, key, condition, present -> {
            var entry = KeyText.entry(value);
            var metadata =
                    fields.has("metadata") ? KeyText.metadata(fields.object().get("metadata")) : present.metadata();
            return entry.with(metadata).expiring(kept(keeping, expiry, present));
        });
        return Replies.done().with("ETag", KeyShape.tag(version));
    }

    /** What is said of the end wins; where nothing is, the present one is kept if that is wished. */
    private static Expiry kept(boolean keeping, Expiry said, KvEntry present) {
        return keeping && said instanceof Expiry.Never ? present.expiry() : said;
    }

    private static ValueObject sent(Call call) {
        var length = call.fetch().body().length().orElse(0);
        if (length > LONGEST.bytes()) {
            throw Problem.PAYLOAD_TOO_LARGE.refused();
        }
        call.hold(length);
        return ValueObject.whole(call.stream(LONGEST));
    }

    private static Bytes value(ValueObject sent) {
        var text = sent.value();
        return switch (sent.rest().text("encoding").orElse("utf8")) {
            case "utf8" -> Bytes.joined(text.utf8());
            case "base64" -> Bytes.joined(text.base64());
            default -> throw Fields.invalid("encoding", "utf8 or base64");
        };
    }

    private StreamReply delete(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        KvKey key = KeyText.key(call.variable("key"));
        KvCondition condition = Conditions.of(call.fetch().headers());
        return deleted(keys.delete(Author.of(call), namespace, key, condition));
    }

    /** Of a key that was deleted on a full disk it is said that it cannot come back. */
    static StreamReply deleted(KeyService.Deletion deletion) {
        return deletion == KeyService.Deletion.DELETED_FOR_GOOD
                ? Replies.ok(Keeping.told(Json.object()))
                : Replies.done();
    }
}
