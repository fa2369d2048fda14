package io.triport.domain.identity;

import io.triport.domain.request.RateLimit;
import java.time.Duration;
import java.util.List;

/** What a mechanism found. */
public sealed interface IdentityOutcome {
    /**
     * The claim holds.
     *
     * @param limits what this principal may take per time, none for no limit
     * @param body what the credential says of a body that streams
     */
    record Authenticated(Principal principal, Permissions permissions, List<RateLimit> limits, BodyCheck body)
            implements IdentityOutcome {
        public Authenticated {
            limits = List.copyOf(limits);
        }

        /** Of a credential that says nothing of the body, or signed one that is held in memory. */
        public Authenticated(Principal principal, Permissions permissions, List<RateLimit> limits) {
            this(principal, permissions, limits, BodyCheck.NONE);
        }
    }

    /** Nobody in particular; only the mechanism {@code public} says so. */
    record Anonymous(Principal principal) implements IdentityOutcome {}

    /** The claim does not hold. Never downgraded to anonymous. */
    record Rejected(Reason reason) implements IdentityOutcome {}

    /** The claim cannot be judged now, because a key source or store is away. Never anonymous. */
    record Unavailable(Duration retryAfter) implements IdentityOutcome {}
}
