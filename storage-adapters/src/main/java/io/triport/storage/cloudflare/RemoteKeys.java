package io.triport.storage.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of one namespace as the account has them. */
record RemoteKeys(Calls calls, NamespaceId namespace, Randomness randomness) {
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";
    private static final String LINE = "\r\n";

    /** What comes in the place of bytes that are no text: the value was not told truly. */
    private static final char REPLACED = '\uFFFD';

    /** A moment nearer than that may be too near by the account's clock; a lifetime is never. */
    private static final Duration SOON = Duration.ofSeconds(120);

    /** A page of a listing. @param cursor empty behind the last */
    record Page(List<KvListed> keys, String cursor) {}

    /** The version of what is found is none. */
    Optional<KvEntry> get(KvKey key) {
        var value = calls.send(Calls.Call.of("GET", path("/values/", key)));
        if (value.absent()) {
            return Optional.empty();
        }
        if (!value.ok()) {
            throw value.failure();
        }
        var metadata = calls.send(Calls.Call.of("GET", path("/metadata/", key)));
        if (metadata.absent()) {
            return Optional.empty();
        }
        var expiry = value.headers()
                .firstValue("expiration")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> expiry(Long.parseLong(text)))
                .orElse(Expiry.NEVER);
        return Optional.of(new KvEntry(value.body(), metadata(metadata.result()), expiry, KvVersion.NONE));
    }

    /** Those of at most 100 that are there; empty when they are too much for one answer, which a single one never is. */
    Optional<Map<KvKey, KvEntry>> getMany(List<KvKey> keys) {
        var found = new HashMap<KvKey, KvEntry>();
        if (keys.size() == 1) {
            get(keys.getFirst()).ifPresent(entry -> found.put(keys.getFirst(), entry));
            return Optional.of(found);
        }
        var body = Json.object().put("type", "text").put("withMetadata", true).set("keys", names(keys));
        var answer =
                calls.send(Calls.Call.of("POST", "/" + namespace + "/bulk/get").with(JSON, Json.bytes(body)));
        if (answer.tooLarge()) {
            return Optional.empty();
        }
        var values = answer.result().path("values");
        for (var key : keys) {
            var one = values.path(key.text());
            if (one.isObject() && whole(one.path("value"))) {
                found.put(key, entry(one));
            } else if (!one.isNull()) {
                get(key).ifPresent(entry -> found.put(key, entry));
            }
        }
        return Optional.of(found);
    }

    private static boolean whole(JsonNode value) {
        return value.isTextual() && value.textValue().indexOf(REPLACED) < 0;
    }

    private static KvEntry entry(JsonNode one) {
        var expiry = one.path("expiration").canConvertToLong()
                ? expiry(one.path("expiration").longValue())
                : Expiry.NEVER;
        var value = Bytes.copyOf(one.path("value").textValue().getBytes(StandardCharsets.UTF_8));
        return new KvEntry(value, metadata(one.path("metadata")), expiry, KvVersion.NONE);
    }

    void put(KvPair pair, Instant now) {
        var entry = pair.entry();
        var call = Calls.Call.of("PUT", path("/values/", pair.key()) + query(entry.expiry(), now));
        var sent = calls.send(entry.metadata().isNone() ? call.with(BYTES, entry.value()) : form(call, entry));
        sent.result();
    }

    private Calls.Call form(Calls.Call call, KvEntry entry) {
        var boundary = Bytes.copyOf(randomness.bytes(24)).toHex();
        var head = "--" + boundary + LINE + "Content-Disposition: form-data; name=\"metadata\"" + LINE + LINE;
        var middle = LINE + "--" + boundary + LINE
                + "Content-Disposition: form-data; name=\"value\"; filename=\"value\"" + LINE + "Content-Type: " + BYTES
                + LINE + LINE;
        var body = Bytes.utf8(head)
                .concat(entry.metadata().json())
                .concat(Bytes.utf8(middle))
                .concat(entry.value())
                .concat(Bytes.utf8(LINE + "--" + boundary + "--" + LINE));
        return call.with("multipart/form-data; boundary=" + boundary, body);
    }

    /** @return those that it could not take */
    Set<KvKey> putMany(List<KvPair> pairs, Instant now) {
        var body = Json.array();
        for (var pair : pairs) {
            var one = body.addObject()
                    .put("key", pair.key().text())
                    .put(
                            "value",
                            Base64.getEncoder()
                                    .encodeToString(pair.entry().value().toByteArray()))
                    .put("base64", true);
            if (!pair.entry().metadata().isNone()) {
                one.set("metadata", Json.parse(pair.entry().metadata().json()));
            }
            var left = left(pair.entry().expiry(), now);
            if (!left.isZero() && left.compareTo(SOON) < 0) {
                one.put("expiration_ttl", lifetime(left));
            } else if (pair.entry().expiry() instanceof Expiry.At(var moment)) {
                one.put("expiration", moment.getEpochSecond());
            }
        }
        return failed(calls.send(Calls.Call.of("PUT", "/" + namespace + "/bulk").with(JSON, Json.bytes(body))));
    }

    void delete(KvKey key) {
        var answer = calls.send(Calls.Call.of("DELETE", path("/values/", key)));
        if (!answer.absent()) {
            answer.result();
        }
    }

    /** @return those that it could not delete */
    Set<KvKey> deleteMany(List<KvKey> keys) {
        return failed(calls.send(
                Calls.Call.of("POST", "/" + namespace + "/bulk/delete").with(JSON, Json.bytes(names(keys)))));
    }

    private static Set<KvKey> failed(Answer answer) {
        var failed = new HashSet<KvKey>();
        answer.result().path("unsuccessful_keys").forEach(name -> failed.add(KvKey.of(name.asText())));
        return failed;
    }

    /** @param limit 10..1000 */
    Page list(KeyPrefix prefix, String cursor, int limit) {
        var query = "?limit=" + limit
                + (prefix.bytes().isEmpty() ? "" : "&prefix=" + UrlText.encoded(prefix.bytes()))
                + (cursor.isEmpty() ? "" : "&cursor=" + UrlText.encoded(Bytes.utf8(cursor)));
        var answer = calls.send(Calls.Call.of("GET", "/" + namespace + "/keys" + query));
        var keys = new ArrayList<KvListed>();
        for (var one : answer.result()) {
            var expiry = one.path("expiration").canConvertToLong()
                    ? expiry(one.path("expiration").longValue())
                    : Expiry.NEVER;
            keys.add(new KvListed(KvKey.of(one.path("name").asText()), expiry, metadata(one.path("metadata"))));
        }
        return new Page(keys, answer.json().path("result_info").path("cursor").asText(""));
    }

    private String path(String kind, KvKey key) {
        return "/" + namespace + kind + UrlText.encoded(key.bytes());
    }

    private static JsonNode names(List<KvKey> keys) {
        var names = Json.array();
        keys.forEach(key -> names.add(key.text()));
        return names;
    }

    private static String query(Expiry expiry, Instant now) {
        var left = left(expiry, now);
        if (!left.isZero() && left.compareTo(SOON) < 0) {
            return "?expiration_ttl=" + lifetime(left);
        }
        return expiry instanceof Expiry.At(var moment) ? "?expiration=" + moment.getEpochSecond() : "";
    }

    /** Zero for one that never ends. */
    private static Duration left(Expiry expiry, Instant now) {
        return expiry instanceof Expiry.At(var moment) ? Duration.between(now, moment) : Duration.ZERO;
    }

    private static long lifetime(Duration left) {
        return Math.max(
                CloudflareEngine.SHORTEST_LIFETIME.toSeconds(),
                left.plusNanos(999_999_999).toSeconds());
    }

    private static Expiry expiry(long epochSecond) {
        try {
            return Expiry.at(Instant.ofEpochSecond(epochSecond));
        } catch (java.time.DateTimeException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "account: an expiration that is no time");
        }
    }

    private static KvMetadata metadata(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? KvMetadata.NONE : new KvMetadata(Json.bytes(node));
    }
}
