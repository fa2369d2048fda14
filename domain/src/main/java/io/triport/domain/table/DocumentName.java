package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;

/**
 * Names a document of settings.
 *
 * @param kind 1 to 64 small letters, digits and dashes, such as {@code webhook}
 * @param id 1 to 512 characters
 */
public record DocumentName(String kind, String id) {
    private static final int LONGEST = 512;

    /** @throws InvalidInput outside the bounds */
    public DocumentName {
        if (!kind.matches("[a-z0-9-]{1,64}")) {
            throw new InvalidInput("kind", "1..64 small letters, digits and dashes");
        }
        if (id.isEmpty() || id.length() > LONGEST) {
            throw new InvalidInput("id", "1..512 characters");
        }
    }
}
