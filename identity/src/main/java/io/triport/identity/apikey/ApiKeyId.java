package io.triport.identity.apikey;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;

/** Names an API key: 16 random letters and digits. No secret; it stands in logs. */
public record ApiKeyId(String text) {
    static final int LENGTH = 16;

    /** More than 62^16, so that cutting off the digits in front favours none that anybody could notice. */
    private static final int BYTES = 20;

    /** @throws InvalidInput for anything else */
    public ApiKeyId {
        if (!text.matches(Base62.PATTERN + "{" + LENGTH + "}")) {
            throw new InvalidInput("API key id", LENGTH + " letters and digits");
        }
    }

    static ApiKeyId fresh(Randomness randomness) {
        return new ApiKeyId(Base62.encode(randomness.bytes(BYTES), LENGTH));
    }

    /** How principals, logs and revocations name the key. */
    public CredentialId credential() {
        return new CredentialId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
