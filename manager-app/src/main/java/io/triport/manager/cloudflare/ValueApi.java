package io.triport.manager.cloudflare;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.key.KeyExpiry;
import io.triport.manager.key.KeyService;
import io.triport.manager.key.KeyShape;
import io.triport.manager.key.KeyText;
import io.triport.manager.key.OwnKeys;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Query;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/** Keys and values by Cloudflare's API, one at a time. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ValueApi implements Routes {
    /** What a form has beside the value: its metadata, boundaries and heads. */
    private static final int FORM_BYTES = 65_536;

    private static final ByteSize LONGEST = ByteSize.ofBytes(KvLimits.VALUE_BYTES);
    private static final ByteSize LONGEST_FORM = ByteSize.ofBytes(KvLimits.VALUE_BYTES + FORM_BYTES);
    private static final int LEAST_LISTED = 10;

    private final Account account;
    private final Namespaces namespaces;
    private final KeyService keys;
    private final Storage storage;
    private final Clock clock;

    ValueApi(Account account, Namespaces namespaces, KeyService keys, Storage storage, Clock clock) {
        this.account = account;
        this.namespaces = namespaces;
        this.keys = keys;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(NamespaceApi.ONE + "/keys", this::list),
                Route.get(NamespaceApi.ONE + "/values/{key...}", this::read),
                Route.put(NamespaceApi.ONE + "/values/{key...}", this::write),
                Route.delete(NamespaceApi.ONE + "/values/{key...}", this::delete),
                Route.get(NamespaceApi.ONE + "/metadata/{key...}", this::metadata));
    }

    private Namespace namespace(Call call) {
        account.require(call.variable("account"));
        return namespaces.require(call.grant(), call.variable("ns"));
    }

    static Author author(Call call) {
        return Author.of(call, AuditEntry.Source.CLOUDFLARE_API);
    }

    private StreamReply list(Call call) {
        var namespace = namespace(call);
        var query = call.query();
        var limit = query.number("limit", LEAST_LISTED, KvLimits.LIST_LIMIT, KvLimits.LIST_LIMIT);
        var prefix = KeyPrefix.of(query.text("prefix").orElse(""));
        var page = OwnKeys.of(storage, call.grant(), namespace.title(), prefix)
                .page(query.text("cursor").orElse(""), limit);
        var shown = Json.array();
        page.keys().forEach(listed -> shown.add(KeyShape.listed(listed)));
        var info = Json.object().put("count", shown.size()).put("cursor", page.cursor());
        return Envelope.ok(shown, info);
    }

    private StreamReply read(Call call) {
        var entry = entry(call);
        var reply =
                StreamReply.of(200, "application/octet-stream", entry.value()).with("Cache-Control", "no-store");
        return entry.expiry() instanceof Expiry.At(var moment)
                ? reply.with("expiration", Long.toString(moment.getEpochSecond()))
                : reply;
    }

    private StreamReply metadata(Call call) {
        var metadata = entry(call).metadata();
        return metadata.isNone() ? Envelope.nothing() : Envelope.ok(Json.parse(metadata.json()));
    }

    private KvEntry entry(Call call) {
        var namespace = namespace(call);
        var key = KeyText.key(call.variable("key"));
        return storage.keyValue(call.grant(), namespace.title())
                .get(key, call.reading(2))
                .orElseThrow(Problem.KEY_NOT_FOUND::refused);
    }

    private StreamReply write(Call call) {
        var namespace = namespace(call);
        var key = KeyText.key(call.variable("key"));
        var query = call.query();
        var expiry = KeyExpiry.of(seconds(query, "expiration_ttl"), seconds(query, "expiration"), clock.instant());
        var entry = written(call).expiring(expiry);
        keys.put(author(call), namespace, new KvPair(key, entry));
        return Envelope.nothing();
    }

    private static OptionalLong seconds(Query query, String name) {
        var text = query.text(name).filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("-?[0-9]{1,18}")) {
            throw Problem.TTL_TOO_SMALL.refused(name + " must be a whole number of seconds");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    private static KvEntry written(Call call) {
        var type = call.fetch().headers().only("content-type").orElse("");
        if (!Multipart.is(type)) {
            return KeyText.entry(body(call, LONGEST));
        }
        var form = Multipart.parse(type, body(call, LONGEST_FORM));
        var value = form.part("value").orElseThrow(() -> Problem.INVALID_ARGUMENT.refused("value is missing"));
        var metadata = form.part("metadata").filter(text -> !text.isEmpty());
        var entry = KeyText.entry(value);
        return metadata.isPresent() ? entry.with(KeyText.metadata(metadata.get())) : entry;
    }

    private static Bytes body(Call call, ByteSize most) {
        try {
            return call.body(most);
        } catch (Refused e) {
            throw e.problem() == Problem.PAYLOAD_TOO_LARGE ? Problem.VALUE_TOO_LARGE.refused() : e;
        }
    }

    private StreamReply delete(Call call) {
        var namespace = namespace(call);
        keys.delete(author(call), namespace, KeyText.key(call.variable("key")), KvCondition.ANY);
        return Envelope.nothing();
    }
}
