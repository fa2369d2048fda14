package io.triport.domain.identity;

import java.time.Duration;

/** The answer of a {@link RevocationList}. */
public sealed interface RevocationCheck {
    /** No entry covers the credential, and the list is at most 60 s old. */
    record Standing() implements RevocationCheck {}

    /** An entry covers the credential. */
    record Revoked() implements RevocationCheck {}

    /**
     * No known entry covers the credential, but the source has not been read for more than 60 s: who demands certainty
     * ({@code revocation: hard}) must answer that the claim cannot be judged now.
     */
    record Stale(Duration age) implements RevocationCheck {}
}
