package io.triport.domain.storage;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/**
 * A call that its caller may repeat and that must have one effect.
 *
 * @param caller the principal, unique over mechanisms and issuers
 * @param operation what is called, such as the path
 * @param key the caller's name for the call, 1 to 128 characters without control characters
 * @param content a digest of everything that the effect depends on
 */
public record IdempotentCall(String caller, String operation, String key, Bytes content) {
    private static final int MOST = 128;

    /** @throws InvalidInput for a key outside its bounds */
    public IdempotentCall {
        if (key.isEmpty() || key.length() > MOST || key.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("Idempotency-Key", "1.." + MOST + " characters, no control characters");
        }
    }
}
