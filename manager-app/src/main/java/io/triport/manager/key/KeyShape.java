package io.triport.manager.key;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import java.util.Base64;

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

    /** With its value: as text where it is UTF-8, else as base64. */
    public static ObjectNode whole(KvKey key, KvEntry entry) {
        var node = Json.object().put("name", key.text());
        try {
            node.put("value", entry.value().toUtf8()).put("encoding", "utf8");
        } catch (InvalidInput e) {
            node.put("value", Base64.getEncoder().encodeToString(entry.value().toByteArray()))
                    .put("encoding", "base64");
        }
        node.put("size", entry.value().size());
        metadata(node, entry.metadata());
        expiration(node, entry.expiry());
        return node;
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
