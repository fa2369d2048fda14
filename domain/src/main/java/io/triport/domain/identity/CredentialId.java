package io.triport.domain.identity;

import io.triport.domain.request.InvalidInput;

/** Names a credential in logs, nonces and limits without telling it: 1 to 255 characters without control characters. */
public record CredentialId(String text) {
    private static final int MOST = 255;

    public CredentialId {
        if (text.isEmpty() || text.length() > MOST || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("credential id", "1..255 characters, no control characters");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
