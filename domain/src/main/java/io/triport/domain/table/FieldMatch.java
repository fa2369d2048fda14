package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;
import java.util.List;

/**
 * A field of a key's custom metadata that must have a value.
 *
 * @param path names of nested objects' fields, outermost first
 * @param value the string, or the JSON text of another value
 */
public record FieldMatch(List<String> path, String value) {
    private static final int DEEPEST = 16;

    /** @throws InvalidInput for no path, or one deeper than 16 */
    public FieldMatch {
        path = List.copyOf(path);
        if (path.isEmpty() || path.size() > DEEPEST) {
            throw new InvalidInput("meta", "1..16 names");
        }
    }

    /** Whether the metadata has the field, with the value. */
    boolean holds(JsonText metadata) {
        return JsonPath.value(metadata.text(), path).filter(value::equals).isPresent();
    }
}
