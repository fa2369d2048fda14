package io.triport.domain.object;

import java.util.Set;

/** Which entity tags a condition is about (RFC 9110 section 13.1.1). */
public sealed interface ETagMatch {
    boolean matches(ETag tag);

    /** {@code *}: whatever there is. */
    record Any() implements ETagMatch {
        @Override
        public boolean matches(ETag tag) {
            return true;
        }
    }

    record OneOf(Set<ETag> tags) implements ETagMatch {
        public OneOf {
            tags = Set.copyOf(tags);
        }

        @Override
        public boolean matches(ETag tag) {
            return tags.contains(tag);
        }
    }
}
