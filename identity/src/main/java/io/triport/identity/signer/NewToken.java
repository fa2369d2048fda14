package io.triport.identity.signer;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.request.InvalidInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a token of ours shall say.
 *
 * @param audience one or more
 * @param life more than nothing
 * @param id claim {@code jti}
 * @param more claims beside those that follow from the rest, which they cannot replace
 */
public record NewToken(String subject, List<String> audience, Duration life, String id, Map<String, ClaimValue> more) {
    /** Claims that every token of ours has. */
    public static final Set<String> OURS = Set.of("iss", "sub", "aud", "iat", "nbf", "exp", "jti");

    public NewToken {
        audience = List.copyOf(audience);
        if (subject.isEmpty() || audience.isEmpty() || id.isEmpty()) {
            throw new InvalidInput("token", "a subject, an audience and an id");
        }
        if (life.toSeconds() < 1) {
            throw new InvalidInput("life", "1s or more");
        }
        if (more.keySet().stream().anyMatch(OURS::contains)) {
            throw new InvalidInput("claims", "none of " + OURS);
        }
    }
}
