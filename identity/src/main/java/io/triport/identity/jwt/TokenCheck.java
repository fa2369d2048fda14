package io.triport.identity.jwt;

import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What was found of a token. */
public sealed interface TokenCheck {
    /**
     * It was signed by the issuer, for us, and holds now.
     *
     * @param issuedAt {@link Instant#EPOCH} when it does not say
     * @param validUntil with the skew of clocks included
     */
    record Verified(Claims claims, Instant issuedAt, Instant validUntil) implements TokenCheck {
        /** Whom a claim names; empty where it names nobody, or nobody that there can be. */
        public Optional<Subject> subject(String claim) {
            try {
                return claims.text(claim).map(Subject::new);
            } catch (InvalidInput e) {
                return Optional.empty();
            }
        }
    }

    record Refused(Reason reason) implements TokenCheck {}

    /** The keys to judge it with are not at hand. */
    record Unavailable(Duration retryAfter) implements TokenCheck {}
}
