package io.triport.manager.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.key.KeyService;
import io.triport.manager.key.KeyText;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keys and values by Cloudflare's API, many at a time. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class BulkApi implements Routes {
    /** 10,000 names of 512 bytes, each byte in the longest form that JSON has for it. */
    private static final ByteSize LONGEST_NAMES = ByteSize.ofMiB(32);

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
        var found = storage.keyValue(call.grant(), namespace.title()).getMany(wanted, KvRead.FRESH);
        var values = Json.object();
        for (var key : wanted) {
            var entry = found.get(key);
            if (entry == null) {
                values.putNull(key.text());
            } else {
                values.set(key.text(), fields.flag("withMetadata") ? whole(entry, json) : value(entry, json));
            }
        }
        return Envelope.ok(Json.object().set("values", values));
    }

    private static ObjectNode whole(KvEntry entry, boolean json) {
        var whole = Json.object();
        whole.set("value", value(entry, json));
        whole.set(
                "metadata",
                entry.metadata().isNone()
                        ? whole.nullNode()
                        : Json.parse(entry.metadata().json()));
        if (entry.expiry() instanceof Expiry.At(var moment)) {
            whole.put("expiration", moment.getEpochSecond());
        }
        return whole;
    }

    private static JsonNode value(KvEntry entry, boolean json) {
        return json
                ? Json.parse(entry.value())
                : Json.object().textNode(new String(entry.value().toByteArray(), StandardCharsets.UTF_8));
    }
}
