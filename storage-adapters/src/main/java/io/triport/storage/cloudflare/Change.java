package io.triport.storage.cloudflare;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was changed here and has to be made so there. Which state that is, the local engine knows. @param keys of a change of keys */
record Change(NamespaceId namespace, Change.Kind kind, List<KvKey> keys) {
    /** The kind of documents in which changes are written down. */
    static final String DOCUMENTS = "account-pending";

    /** Keys of one change: its document stays below what a document may have. */
    static final int MOST_KEYS = 1_000;

    enum Kind {
        KEYS,
        RENAMED,
        DROPPED
    }

    /** What has one state. @param key no bytes for the namespace itself */
    record Place(NamespaceId namespace, Bytes key) {
        static Place of(NamespaceId namespace, KvKey key) {
            return new Place(namespace, key.bytes());
        }

        static Place of(NamespaceId namespace) {
            return new Place(namespace, Bytes.EMPTY);
        }
    }

    Change {
        keys = List.copyOf(keys);
    }

    List<Place> places() {
        return kind == Kind.KEYS
                ? keys.stream().map(key -> Place.of(namespace, key)).toList()
                : List.of(Place.of(namespace));
    }

    JsonText text() {
        var names = keys.stream()
                .map(key -> Base64.getUrlEncoder().encodeToString(key.bytes().toByteArray()))
                .collect(Collectors.joining(" "));
        return new JsonText(Json.object()
                .put("namespace", namespace.text())
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("keys", names)
                .toString());
    }

    static Change parse(JsonText text) {
        var node = Json.parse(Bytes.utf8(text.text()));
        var names = node.path("keys").asText();
        var keys = names.isEmpty() ? Stream.<String>of() : Arrays.stream(names.split(" ", -1));
        return new Change(
                new NamespaceId(node.path("namespace").asText()),
                Kind.valueOf(node.path("kind").asText().toUpperCase(Locale.ROOT)),
                keys.map(name -> new KvKey(Bytes.copyOf(Base64.getUrlDecoder().decode(name))))
                        .toList());
    }
}
