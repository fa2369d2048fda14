package io.triport.domain.identity;

import io.triport.domain.request.InvalidInput;

/** Whom an issuer speaks of: 1 to 255 characters without control characters. */
public record Subject(String text) {
    private static final int MOST = 255;

    public Subject {
        if (text.isEmpty() || text.length() > MOST || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("subject", "1..255 characters, no control characters");
        }
    }
}
