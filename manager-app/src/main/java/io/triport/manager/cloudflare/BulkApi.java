package io.triport.manager.cloudflare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.LongJson;
import io.triport.manager.answer.Problem;
import io.triport.manager.key.KeyService;
import io.triport.manager.key.KeyShape;
import io.triport.manager.key.KeyText;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** Keys and values by Cloudflare's API, many at a time. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class BulkApi implements Routes {
    /** 10,000 names of 512 bytes, each byte in the longest form that JSON has for it. */
    private static final ByteSize LONGEST_NAMES = ByteSize.ofMiB(32);

    /** A value, and a piece of the document in which it is sent. */
    private static final int COPIES = 2;

    /** A tree of JSON takes many times the room of its text. */
    private static final int MOST_IN_TREE = 1_048_576;

    private static final Bytes MARK = Bytes.parseHex("efbbbf");

    private final Account account;
    private final Namespaces namespaces;
    private final KeyService keys;
    private final Storage storage;
    private final PairSpool spool;

    BulkApi(Account account, Namespaces namespaces, KeyService keys, Storage storage, PairSpool spool) {
        this.account = account;
        this.namespaces = namespaces;
        this.keys = keys;
        this.storage = storage;
        this.spool = spool;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.put(NamespaceApi.ONE + "/bulk", this::write),
                Route.delete(NamespaceApi.ONE + "/bulk", this::delete),
                Route.post(NamespaceApi.ONE + "/bulk/delete", this::delete),
                Route.post(NamespaceApi.ONE + "/bulk/get", this::read));
    }

    private Namespace namespace(Call call) {
        account.require(call.variable("account"));
        return namespaces.require(call.grant(), call.variable("ns"));
    }

    private StreamReply write(Call call) {
        var namespace = namespace(call);
        return Envelope.ok(done(spool.with(call, pairs -> keys.putAll(ValueApi.author(call), namespace, pairs))));
    }

    private StreamReply delete(Call call) {
        var namespace = namespace(call);
        var names = Fields.texts("The body", call.json(LONGEST_NAMES));
        if (names.size() > KvLimits.BULK_ENTRIES) {
            throw Problem.PAYLOAD_TOO_LARGE.refused("At most 10,000 keys can be deleted at once");
        }
        var wanted = names.stream().map(KeyText::key).toList();
        return Envelope.ok(done(keys.deleteAll(ValueApi.author(call), namespace, wanted)));
    }

    private static ObjectNode done(BulkOutcome outcome) {
        var failed = Json.array();
        outcome.failed().forEach(member -> failed.add(member.key().text()));
        return Json.object().put("successful_key_count", outcome.done()).set("unsuccessful_keys", failed);
    }

    private StreamReply read(Call call) {
        var namespace = namespace(call);
        var fields = new Fields(call.json());
        var names = fields.texts("keys");
        if (names.isEmpty() || names.size() > KvLimits.GET_MANY_KEYS) {
            throw Fields.invalid("keys", "a list of 1 to 100 names");
        }
        var json = switch (fields.text("type").orElse("text")) {
            case "text" -> false;
            case "json" -> true;
            default -> throw Fields.invalid("type", "text or json");
        };
        var wanted = names.stream().map(KeyText::key).distinct().toList();
        var found = storage.keyValue(call.grant(), namespace.title()).getMany(wanted, call.reading(COPIES));
        var whole = fields.flag("withMetadata");
        return Envelope.streamed(answer -> {
            answer.plain("{\"values\":{");
            for (var key : wanted) {
                answer.plain((key.equals(wanted.getFirst()) ? "" : ",") + Json.quoted(key.text()) + ":");
                var entry = found.get(key);
                if (entry == null) {
                    answer.plain("null");
                } else if (whole) {
                    value(answer.plain("{\"value\":"), entry, json).plain("," + described(entry));
                } else {
                    value(answer, entry, json);
                }
            }
            return answer.plain("}}");
        });
    }

    /** What stands behind the value, to the end of its object. */
    private static String described(KvEntry entry) {
        var rest = Json.object();
        rest.set(
                "metadata",
                entry.metadata().isNone()
                        ? rest.nullNode()
                        : Json.parse(entry.metadata().json()));
        KeyShape.expiration(rest, entry.expiry());
        return rest.toString().substring(1);
    }

    private static LongJson value(LongJson answer, KvEntry entry, boolean json) {
        if (!json) {
            return answer.text(entry.value());
        }
        if (entry.value().size() <= MOST_IN_TREE) {
            return answer.plain(Json.parse(entry.value()).toString());
        }
        var value = entry.value();
        // Neither another encoding nor a mark of one may stand within an answer of UTF-8.
        if (!LongJson.utf8(value) || value.startsWith(MARK) || value.at(0) == 0 || value.at(1) == 0) {
            throw Problem.INVALID_JSON.refused("The value of a key is not JSON");
        }
        Json.require(value);
        return answer.raw(value);
    }
}
