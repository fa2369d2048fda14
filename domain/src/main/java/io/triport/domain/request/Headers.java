package io.triport.domain.request;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The header fields of a request by lower-case name, each with its values in the order sent. Names are asked for in any
 * case. Values are as sent, with surrounding blanks removed by the HTTP codec.
 */
public record Headers(Map<String, List<String>> fields) {
    public static final Headers NONE = new Headers(Map.of());

    public Headers {
        fields = Map.copyOf(fields);
        for (var name : fields.keySet()) {
            if (!name.equals(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("header name: " + name + " (expected: lower case)");
            }
        }
    }

    /** All values of a field, none when it is absent. */
    public List<String> all(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The value of a field that occurs exactly once; empty when it is absent or repeated. */
    public Optional<String> only(String name) {
        var values = all(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    public boolean has(String name) {
        return !all(name).isEmpty();
    }

    /** The names alone: values may be credentials. */
    @Override
    public String toString() {
        return "Headers" + fields.keySet();
    }
}
