package io.triport.domain.identity;

import io.triport.domain.request.InvalidInput;

/** What an issuer says somebody is, in the issuer's own words: 1 to 255 characters without control characters. */
public record Role(String text) {
    private static final int MOST = 255;

    public Role {
        if (text.isEmpty() || text.length() > MOST || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("role", "1..255 characters, no control characters");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
