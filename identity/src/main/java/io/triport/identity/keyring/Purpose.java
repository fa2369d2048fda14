package io.triport.identity.keyring;

import io.triport.domain.request.InvalidInput;

/** What a key is for, such as {@code session} or {@code url/unsubscribe}: 1 to 64 lower-case letters, digits, hyphens, slashes. */
public record Purpose(String text) {
    public Purpose {
        if (!text.matches("[a-z0-9][a-z0-9/-]{0,63}")) {
            throw new InvalidInput("purpose", "1..64 characters of a-z 0-9 - /");
        }
    }
}
