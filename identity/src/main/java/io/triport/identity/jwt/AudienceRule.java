package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** For whom a token must be meant. */
public sealed interface AudienceRule {
    boolean accepts(@Nullable ClaimValue aud);

    /** For one of these at least, character by character. */
    record OneOf(Set<String> audiences) implements AudienceRule {
        public OneOf {
            audiences = Set.copyOf(audiences);
            if (audiences.isEmpty() || audiences.contains("")) {
                throw new IllegalArgumentException("audiences: " + audiences + " (expected: one or more, none empty)");
            }
        }

        @Override
        public boolean accepts(@Nullable ClaimValue aud) {
            return switch (aud) {
                case ClaimValue.Text(var text) -> audiences.contains(text);
                case ClaimValue.Listing(var items) ->
                    items.stream()
                            .anyMatch(item -> item instanceof ClaimValue.Text(var text) && audiences.contains(text));
                case null, default -> false;
            };
        }
    }

    /** For anybody ({@code audience: none}). */
    record Anybody() implements AudienceRule {
        @Override
        public boolean accepts(@Nullable ClaimValue aud) {
            return true;
        }
    }
}
