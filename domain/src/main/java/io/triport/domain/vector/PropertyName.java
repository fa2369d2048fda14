package io.triport.domain.vector;

import io.triport.domain.failure.StorageFailure;
import java.util.List;

/**
 * Where a property of metadata lies: its name, or for nested objects their names with dots between. 1 to 512 characters, without
 * {@code "} and {@code |}, and without {@code $} at the front (storage contract, section 8.2).
 */
public record PropertyName(String text) {
    private static final int MOST = 512;

    /** @throws StorageFailure.Rejected BAD_REQUEST for any other text */
    public PropertyName {
        if (text.length() > MOST
                || text.indexOf('"') >= 0
                || text.indexOf('|') >= 0
                || text.startsWith("$")
                || segments(text).contains("")) {
            throw VectorText.bad("property (expected: 1.." + MOST + " characters without \", | and a leading $)");
        }
        VectorText.utf8(text);
    }

    /** The names from the outermost object on. */
    List<String> path() {
        return segments(text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static List<String> segments(String text) {
        return List.of(text.split("\\.", -1));
    }
}
