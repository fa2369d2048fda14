package io.triport.domain.table;

import java.util.Set;

/** Tags that a key has to have. No tags match every key. */
public record TagMatch(TagMatch.Mode mode, Set<KeyTag> tags) {
    public static final TagMatch EVERY = new TagMatch(Mode.ANY, Set.of());

    /** How many of them. */
    public enum Mode {
        ANY,
        ALL,
        NONE
    }

    public TagMatch {
        tags = Set.copyOf(tags);
    }
}
