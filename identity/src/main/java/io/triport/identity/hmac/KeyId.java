package io.triport.identity.hmac;

import io.triport.domain.request.InvalidInput;
import java.util.Locale;

/**
 * Names a signing key: 1 to 128 characters without control characters. Clients send it trimmed and in lower case, so it is
 * kept and compared in that form.
 */
public record KeyId(String text) {
    private static final int MOST = 128;

    /** @throws InvalidInput outside the bounds */
    public KeyId {
        text = ScriptText.trim(text).toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > MOST || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("key id", "1..128 characters, no control characters");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
