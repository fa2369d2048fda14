package io.triport.domain.identity;

import io.triport.domain.request.Fetch;
import java.time.Instant;
import java.util.Optional;

/**
 * One way to prove an identity. Written only in the module {@code identity}: a mechanism is what grants stand on. Safe for
 * many threads.
 */
public interface IdentityMechanism {
    MechanismName name();

    /** Whether the request claims this mechanism: no cryptography, no I/O. */
    boolean present(Fetch request);

    /** Whether the body must be buffered (at most the route's bound) before {@link #verify}. */
    default boolean signsBody() {
        return false;
    }

    /**
     * Whether {@link #verify} would answer this very request now without waiting for anything and in less than 100 us of
     * processor time, so that an event loop may call it. Is itself that cheap. A verdict and a call that follows at once may
     * differ when a key set changes between; the call then still neither blocks nor waits.
     */
    default boolean quick(Fetch request) {
        return false;
    }

    /** Whether the credential was verified lately and that still counts, so that {@link #verify} would do no cryptography. */
    default boolean remembers(Fetch request) {
        return false;
    }

    /**
     * Whether the one credential that this mechanism and another claim says of itself that it is the other's. Believed only to
     * choose who judges it; a mechanism that yields is not asked to verify.
     */
    default boolean yields(Fetch request, IdentityMechanism other) {
        return false;
    }

    /** The same mechanism without a memory of earlier verifications. */
    default IdentityMechanism fresh() {
        return this;
    }

    /** Whether there is something to verify with, such as keys: without it the app is not ready. */
    default boolean ready() {
        return true;
    }

    /** Judges the claim; may block. A store or key source that does not answer is {@link IdentityOutcome.Unavailable}. */
    IdentityOutcome verify(Fetch request, Instant now);

    /** {@link #verify} for an event loop, in one step with the question whether it is {@link #quick}; empty where it is not. */
    default Optional<IdentityOutcome> verifyAtOnce(Fetch request, Instant now) {
        return quick(request) ? Optional.of(verify(request, now)) : Optional.empty();
    }
}
