package io.triport.kv;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.request.Bytes;
import io.triport.kv.wire.JsonReader;
import io.triport.kv.wire.JsonWriter;
import io.triport.kv.wire.KvRefused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies of answers (protocol section 4). */
final class KvAnswer {
    private static final int AROUND = 64;

    private KvAnswer() {}

    /** A member of a bulk call that had no effect. */
    record FailedKey(String key, FailureCode code) {}

    /** A miss is the same as a stored null. */
    static Bytes value(Optional<KvEntry> entry, KvCommand.Type type, KvCommand.Extras extras) {
        var json = new JsonWriter(entry.map(KvAnswer::length).orElse(0))
                .beginObject()
                .name("value");
        entry.ifPresentOrElse(found -> shown(json, found, type), json::none);
        if (extras == KvCommand.Extras.METADATA) {
            entry.ifPresentOrElse(
                    found -> extras(json, found), () -> json.name("metadata").none());
        }
        return json.endObject().bytes();
    }

    /** What failed is named only when something did, so that a client that knows values alone reads every other answer. */
    static Bytes values(KeyBatch batch, Map<KvKey, KvEntry> found, KvCommand.Type type) {
        var length = found.values().stream().mapToInt(KvAnswer::length).sum();
        var json = new JsonWriter(length).beginObject().name("values").beginObject();
        for (var key : batch.keys()) {
            json.name(key.text());
            Optional.ofNullable(found.get(key)).ifPresentOrElse(entry -> shown(json, entry, type), json::none);
        }
        json.endObject();
        if (!batch.refused().isEmpty()) {
            json.name("failed").beginArray();
            batch.refused().forEach(failed -> failed(json, failed.key(), failed.code()));
            json.endArray();
        }
        return json.endObject().bytes();
    }

    static Bytes bulk(BulkOutcome outcome, List<FailedKey> refused) {
        var json = new JsonWriter()
                .beginObject()
                .name("ok")
                .number(outcome.done())
                .name("failed")
                .beginArray();
        refused.forEach(failed -> failed(json, failed.key(), failed.code()));
        outcome.failed().forEach(failed -> failed(json, failed.key().text(), failed.code()));
        return json.endArray().endObject().bytes();
    }

    /** @param cursor empty on the last page */
    static Bytes names(List<String> names, Optional<String> cursor) {
        var json = new JsonWriter().beginObject().name("keys").beginArray();
        names.forEach(json::text);
        json.endArray();
        cursor.ifPresent(text -> json.name("cursor").text(text));
        return json.name("listComplete").truth(cursor.isEmpty()).endObject().bytes();
    }

    /** Of text that needs no escape, with what stands around it. */
    private static int length(KvEntry entry) {
        return entry.value().size() + AROUND;
    }

    private static void shown(JsonWriter json, KvEntry entry, KvCommand.Type type) {
        switch (type) {
            case JSON -> {
                if (!JsonReader.isJson(entry.value())) {
                    throw KvRefused.invalid("stored value is not JSON; read it as text");
                }
                json.json(entry.value());
            }
            case TEXT -> json.text(new String(entry.value().toByteArray(), StandardCharsets.UTF_8));
        }
    }

    private static void extras(JsonWriter json, KvEntry entry) {
        json.name("metadata");
        if (entry.metadata().isNone()) {
            json.none();
        } else {
            json.json(entry.metadata().json());
        }
        if (entry.expiry() instanceof Expiry.At at) {
            json.name("expiration").number(at.moment().getEpochSecond());
        }
    }

    private static void failed(JsonWriter json, String key, FailureCode code) {
        json.beginObject().name("key").text(key).name("code").text(code.name()).endObject();
    }
}
