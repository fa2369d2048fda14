package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;

/** A word by which people find keys: 1 to 128 characters, no comma, no control character. */
public record KeyTag(String text) implements Comparable<KeyTag> {
    private static final int MOST = 128;

    /** @throws InvalidInput for any other text */
    public KeyTag {
        if (text.isBlank()
                || text.length() > MOST
                || text.chars().anyMatch(c -> c == ',' || Character.isISOControl(c))) {
            throw new InvalidInput("tag", "1..128 characters without commas");
        }
    }

    @Override
    public int compareTo(KeyTag other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
