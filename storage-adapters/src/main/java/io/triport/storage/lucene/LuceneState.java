package io.triport.storage.lucene;

import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.MutationId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;

/** What an index knows beside its vectors. Each commit has it with it, so that both are always of one time. */
record LuceneState(MutationId last, Instant changed, List<MetadataField> fields) {
    private static final String LAST = "mutation";
    private static final String CHANGED = "changed";
    private static final String FIELD = "field.";

    LuceneState {
        fields = List.copyOf(fields);
    }

    LuceneState after(MutationId mutation, Instant now) {
        return new LuceneState(mutation, now, fields);
    }

    LuceneState with(MetadataField field) {
        return new LuceneState(
                last, changed, Stream.concat(fields.stream(), Stream.of(field)).toList());
    }

    Map<String, String> toCommit() {
        var texts = new HashMap<>(Map.of(LAST, Long.toString(last.number()), CHANGED, changed.toString()));
        for (var i = 0; i < fields.size(); i++) {
            texts.put(FIELD + i, fields.get(i).type() + " " + fields.get(i).name());
        }
        return texts;
    }

    static LuceneState from(Map<String, String> commit) throws IOException {
        try {
            var fields = new ArrayList<MetadataField>();
            for (var text = commit.get(FIELD + 0); text != null; text = commit.get(FIELD + fields.size())) {
                var space = text.indexOf(' ');
                fields.add(MetadataField.of(
                        text.substring(space + 1), MetadataField.Type.valueOf(text.substring(0, space))));
            }
            var last = new MutationId(Long.parseLong(commit.getOrDefault(LAST, "")));
            return new LuceneState(last, Instant.parse(commit.getOrDefault(CHANGED, "")), fields);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw new CorruptIndexException("state", "commit", e);
        }
    }
}
