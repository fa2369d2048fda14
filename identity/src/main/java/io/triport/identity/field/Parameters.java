package io.triport.identity.field;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is said beside a value, in the order written (RFC 8941 section 3.1.2). */
public record Parameters(Map<String, BareItem> values) {
    public static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Optional<BareItem> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public String text() {
        var text = new StringBuilder();
        values.forEach((name, value) -> {
            text.append(';').append(name);
            if (!value.equals(new BareItem.Flag(true))) {
                text.append('=').append(value.text());
            }
        });
        return text.toString();
    }
}
