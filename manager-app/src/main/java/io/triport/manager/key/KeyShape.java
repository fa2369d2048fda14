package io.triport.manager.key;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.LongJson;
import io.triport.manager.answer.Moments;

/** Keys as answers show them. */
public final class KeyShape {
    private KeyShape() {}

    /** As a listing has it. */
    public static ObjectNode listed(KvListed listed) {
        var node = Json.object().put("name", listed.key().text());
        expiration(node, listed.expiry());
        if (!listed.metadata().isNone()) {
            metadata(node, listed.metadata());
        }
        return node;
    }

    /** Adds what the catalogue knows of it. */
    static void details(ObjectNode node, KeyRecord known) {
        node.put("size", known.size()).put("updated_at", Moments.text(known.updated()));
        node.set("tags", tags(known.labels()));
    }

    /** Writes it with its value, as text where that is UTF-8, else as base64. @param more what else is to be said of it */
    public static LongJson whole(LongJson json, KvKey key, KvEntry entry, ObjectNode more) {
        var value = entry.value();
        var text = LongJson.utf8(value);
        json.plain("{\"name\":" + Json.quoted(key.text()) + ",\"value\":");
        var rest = Json.object().put("encoding", text ? "utf8" : "base64").put("size", value.size());
        metadata(rest, entry.metadata());
        expiration(rest, entry.expiry());
        rest.setAll(more);
        return (text ? json.text(value) : json.base64(value))
                .plain("," + rest.toString().substring(1));
    }

    /** Adds the end, where there is one, in seconds since 1970. */
    public static void expiration(ObjectNode node, Expiry expiry) {
        if (expiry instanceof Expiry.At(var moment)) {
            node.put("expiration", moment.getEpochSecond());
        }
    }

    /** Adds what people have written on it. */
    public static void labels(ObjectNode node, KeyLabels labels) {
        node.set("tags", tags(labels));
        node.set(
                "custom_metadata",
                labels.custom().isNone()
                        ? Json.object()
                        : Json.parse(labels.custom().text()));
    }

    private static ArrayNode tags(KeyLabels labels) {
        var tags = Json.array();
        labels.tags().forEach(tag -> tags.add(tag.text()));
        return tags;
    }

    private static void metadata(ObjectNode node, KvMetadata metadata) {
        node.set("metadata", metadata.isNone() ? node.nullNode() : Json.parse(metadata.json()));
    }

    /** The tag of an entry that was found under this version. */
    public static String tag(KvVersion version) {
        return "\"" + version.number() + "\"";
    }
}
