package io.triport.storage.lucene;

import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.MutationId;
import io.triport.domain.vector.PropertyName;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.CorruptIndexException;

/**
 * What an index knows beside its vectors. Each commit has it with it, so that both are always of one time.
 *
 * @param places of the properties that are indexed, each its own for ever: documents keep what was indexed at one that is forgotten
 * @param next the first place that no property has had
 */
record LuceneState(MutationId last, Instant changed, SortedMap<Integer, MetadataField> places, int next) {
    private static final String LAST = "mutation";
    private static final String CHANGED = "changed";
    private static final String FIELD = "field.";
    private static final String NEXT = "fields";

    LuceneState {
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
    }

    static LuceneState fresh(Instant created) {
        return new LuceneState(MutationId.NONE, created, new TreeMap<>(), 0);
    }

    /** In the order in which they came. */
    List<MetadataField> fields() {
        return List.copyOf(places.values());
    }

    /** Of a property that is indexed. */
    int place(MetadataField field) {
        return places.entrySet().stream()
                .filter(entry -> entry.getValue().equals(field))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("field: " + field.type() + " (expected: indexed)"))
                .getKey();
    }

    LuceneState after(MutationId mutation, Instant now) {
        return new LuceneState(mutation, now, places, next);
    }

    LuceneState with(MetadataField field) {
        var more = new TreeMap<>(places);
        more.put(next, field);
        return new LuceneState(last, changed, more, next + 1);
    }

    LuceneState without(PropertyName property) {
        var fewer = new TreeMap<>(places);
        fewer.values().removeIf(field -> field.name().equals(property));
        return new LuceneState(last, changed, fewer, next);
    }

    Map<String, String> toCommit() {
        var texts = new HashMap<>(
                Map.of(LAST, Long.toString(last.number()), CHANGED, changed.toString(), NEXT, Integer.toString(next)));
        places.forEach((place, field) -> texts.put(FIELD + place, field.type() + " " + field.name()));
        return texts;
    }

    static LuceneState from(Map<String, String> commit) throws IOException {
        try {
            var places = new TreeMap<Integer, MetadataField>();
            for (var entry : commit.entrySet()) {
                if (entry.getKey().startsWith(FIELD)) {
                    places.put(Integer.valueOf(entry.getKey().substring(FIELD.length())), field(entry.getValue()));
                }
            }
            var last = new MutationId(Long.parseLong(commit.getOrDefault(LAST, "")));
            // What was written before properties could be forgotten has one at each place.
            var next = Integer.parseInt(commit.getOrDefault(NEXT, Integer.toString(places.size())));
            return new LuceneState(last, Instant.parse(commit.getOrDefault(CHANGED, "")), places, next);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw new CorruptIndexException("state", "commit", e);
        }
    }

    private static MetadataField field(String text) {
        var space = text.indexOf(' ');
        return MetadataField.of(text.substring(space + 1), MetadataField.Type.valueOf(text.substring(0, space)));
    }
}
