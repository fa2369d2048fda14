package io.triport.domain.identity;

import io.triport.domain.request.InvalidInput;

/** Who vouches for a subject: a URL, or a fixed word for credentials of our own. 1 to 2048 characters. */
public record Issuer(String text) {
    private static final int MOST = 2048;

    public Issuer {
        if (text.isEmpty() || text.length() > MOST) {
            throw new InvalidInput("issuer", "1..2048 characters");
        }
    }
}
