package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKeyId;
import java.time.Duration;
import java.time.Instant;

/** Who tells what a session token says. Safe for many threads. */
@FunctionalInterface
public interface SessionTokens {
    /** Where no sessions are given out no token is right. */
    SessionTokens NONE = (token, id, now) -> new Opened.Refused(SigV4Problem.Kind.TOKEN);

    /**
     * Judges a token that came with a request.
     *
     * @param id the access key that the request names, which must be the token's
     */
    Opened open(String token, AccessKeyId id, Instant now);

    /** What a token turned out to be. */
    sealed interface Opened {
        record Session(Signatory signatory) implements Opened {}

        record Refused(SigV4Problem.Kind why) implements Opened {}

        record Unavailable(Duration retryAfter) implements Opened {}
    }
}
