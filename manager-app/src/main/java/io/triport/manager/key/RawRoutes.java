package io.triport.manager.key;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.answer.Replies;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/** Values as bytes (manager API, section 8.7), and the way to keys that are called as a route is. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class RawRoutes implements Routes {
    private static final String RAW = "/api/keys/{ns}/{key}/raw";
    private static final String TYPE = "application/octet-stream";
    private static final ByteSize LONGEST = ByteSize.ofBytes(KvLimits.VALUE_BYTES);
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,15})-([0-9]{0,15})");

    private final Namespaces namespaces;
    private final KeyService keys;
    private final Storage storage;

    RawRoutes(Namespaces namespaces, KeyService keys, Storage storage) {
        this.namespaces = namespaces;
        this.keys = keys;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(RAW, this::read), Route.put(RAW, this::write), Route.delete(RAW, this::delete));
    }

    private StreamReply read(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var entry = storage.keyValue(call.grant(), namespace.title())
                .get(KeyText.key(call.variable("key")), call.reading(2))
                .orElseThrow(Problem.KEY_NOT_FOUND::refused);
        return ranged(call, entry)
                .with("Cache-Control", "no-store")
                .with("ETag", KeyShape.tag(entry.version()))
                .with("Accept-Ranges", "bytes")
                // A value is somebody's bytes, and must not run as a page of ours.
                .with("Content-Security-Policy", "sandbox; default-src 'none'")
                .with("X-Content-Type-Options", "nosniff");
    }

    /** One range as RFC 9110 section 14 has it; whatever else is asked for is answered with all. */
    private static StreamReply ranged(Call call, KvEntry entry) {
        var value = entry.value();
        var asked = call.fetch().headers().only("range").map(RANGE::matcher);
        if (asked.isEmpty() || !asked.get().matches()) {
            return StreamReply.of(200, TYPE, value);
        }
        var from = asked.get().group(1);
        var to = asked.get().group(2);
        if (from.isEmpty() && to.isEmpty()) {
            return StreamReply.of(200, TYPE, value);
        }
        var size = (long) value.size();
        var first = from.isEmpty() ? Math.max(0, size - Long.parseLong(to)) : Long.parseLong(from);
        var last = from.isEmpty() || to.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(to));
        if (first >= size || last < first) {
            return StreamReply.of(416).with("Content-Range", "bytes */" + size);
        }
        Bytes part = value.slice((int) first, (int) last + 1);
        return StreamReply.of(206, TYPE, part).with("Content-Range", "bytes " + first + "-" + last + "/" + size);
    }

    /** The bytes alone change: metadata and expiration stay. */
    private StreamReply write(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var key = KeyText.key(call.variable("key"));
        var condition = Conditions.of(call.fetch().headers());
        var value = KeyText.entry(body(call));
        var version = keys.put(
                Author.of(call),
                namespace,
                key,
                condition,
                present -> value.with(present.metadata()).expiring(present.expiry()));
        return Replies.done().with("ETag", KeyShape.tag(version));
    }

    private static Bytes body(Call call) {
        try {
            return call.body(LONGEST);
        } catch (Refused e) {
            throw e.problem() == Problem.PAYLOAD_TOO_LARGE ? Problem.VALUE_TOO_LARGE.refused() : e;
        }
    }

    private StreamReply delete(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var condition = Conditions.of(call.fetch().headers());
        return KeyRoutes.deleted(keys.delete(Author.of(call), namespace, KeyText.key(call.variable("key")), condition));
    }
}
