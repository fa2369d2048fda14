package io.triport.manager.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeyTag;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** {@code /api/metadata} and the other names of keys (manager API, sections 3 and 7). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class MetadataRoutes implements Routes {
    private static final String METADATA = "/api/metadata/{ns}/{key}";

    /** A mebibyte of custom metadata, and the tags. */
    private static final ByteSize LONGEST = ByteSize.ofMiB(2);

    private static final int CUSTOM_BYTES = 1_048_576;

    private final Namespaces namespaces;
    private final KeyService keys;
    private final Storage storage;

    MetadataRoutes(Namespaces namespaces, KeyService keys, Storage storage) {
        this.namespaces = namespaces;
        this.keys = keys;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(METADATA, this::read),
                Route.put(METADATA, this::write),
                Route.post("/api/keys/{ns}/rename", this::rename));
    }

    private StreamReply read(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var key = KeyText.key(call.variable("key"));
        var found = storage.keyCatalogue(call.grant())
                .find(namespace.title(), List.of(key))
                .get(key);
        return Replies.ok(found == null ? shown(namespace, key, KeyLabels.NONE) : shown(namespace, found));
    }

    private static ObjectNode shown(Namespace namespace, KeyRecord found) {
        var node = shown(namespace, found.key(), found.labels()).put("created_at", Moments.text(found.created()));
        var labelled = found.labelled();
        var updated = labelled.equals(Instant.MIN) || found.updated().isAfter(labelled) ? found.updated() : labelled;
        return node.put("updated_at", Moments.text(updated));
    }

    private static ObjectNode shown(Namespace namespace, KvKey key, KeyLabels labels) {
        var node = Json.object().put("namespace_id", namespace.id().text()).put("key_name", key.text());
        KeyShape.labels(node, labels);
        return node;
    }

    private StreamReply write(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var key = KeyText.key(call.variable("key"));
        var fields = new Fields(call.json(LONGEST));
        var tags = fields.any("tags").map(list -> tags(Fields.texts("tags", list)));
        var custom = fields.any("custom_metadata").map(MetadataRoutes::custom);
        keys.label(Author.of(call), namespace, key, labels -> {
            var tagged = tags.map(labels::tagged).orElse(labels);
            return custom.map(tagged::describedBy).orElse(tagged);
        });
        return Replies.done();
    }

    private static List<KeyTag> tags(List<String> texts) {
        return texts.stream().map(KeyTag::new).distinct().toList();
    }

    private static JsonText custom(JsonNode json) {
        if (!json.isObject()) {
            throw Fields.invalid("custom_metadata", "an object");
        }
        var text = Json.bytes(json);
        if (text.size() > CUSTOM_BYTES) {
            throw Problem.METADATA_TOO_LARGE.refused("The custom metadata is larger than 1 MiB");
        }
        try {
            return json.isEmpty() ? JsonText.NONE : new JsonText(text.toUtf8());
        } catch (StorageFailure.LimitExceeded e) {
            throw Problem.METADATA_TOO_LARGE.refused("The custom metadata is larger than 1 MiB");
        }
    }

    private StreamReply rename(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var fields = new Fields(call.json());
        var from = KeyText.key(fields.required("old_name"));
        var to = KeyText.key(fields.required("new_name"));
        if (from.equals(to)) {
            throw Problem.KEY_TAKEN.refused("The new name is the old one");
        }
        keys.rename(Author.of(call), namespace, from, to);
        return Replies.done();
    }
}
