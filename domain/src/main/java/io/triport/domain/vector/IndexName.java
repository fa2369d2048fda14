package io.triport.domain.vector;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/** What people call an index, and what grants name (storage contract, section 1.1). Unique in its deployment. */
public record IndexName(String text) implements Comparable<IndexName> {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}");

    /** @throws InvalidInput for a name that no index can have */
    public IndexName {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("index", "1..64 of a-z, A-Z, 0-9, '.', '_' and '-', a letter or digit first");
        }
    }

    @Override
    public int compareTo(IndexName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
