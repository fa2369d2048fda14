package io.triport.identity.directory;

import io.triport.domain.request.InvalidInput;

/** What an entry is, such as {@code bucket}: 1 to 32 lower-case letters and hyphens. Names are unique within a kind. */
public record EntryKind(String text) {
    /** @throws InvalidInput for another text */
    public EntryKind {
        if (!text.matches("[a-z][a-z-]{0,31}")) {
            throw new InvalidInput("kind", "1..32 lower-case letters and hyphens");
        }
    }
}
