package io.triport.identity.verified;

import io.triport.domain.identity.IdentityOutcome;
import java.time.Instant;

/** One verification. Immutable but for when it was used last, which only decides what is forgotten first. */
final class Remembered {
    private final CredentialDigest credential;
    private final IdentityOutcome.Authenticated outcome;
    private final long generation;
    private final long epoch;
    private final long endsAtNanos;
    private final Instant endsAt;
    private long usedAtNanos;

    Remembered(
            CredentialDigest credential,
            IdentityOutcome.Authenticated outcome,
            Mark mark,
            long endsAtNanos,
            Instant endsAt) {
        this.credential = credential;
        this.outcome = outcome;
        this.generation = mark.generation();
        this.epoch = mark.epoch();
        this.endsAtNanos = endsAtNanos;
        this.endsAt = endsAt;
        this.usedAtNanos = endsAtNanos;
    }

    /** What must not have changed since. @param epoch of the wall clock, which begins anew when that goes back */
    record Mark(long generation, long epoch) {}

    boolean of(CredentialDigest wanted) {
        return credential.equals(wanted);
    }

    boolean holds(Mark mark, long nanos, Instant now) {
        return fresh(mark.generation(), nanos) && epoch == mark.epoch() && now.isBefore(endsAt);
    }

    /** The same without the wall clock. */
    boolean fresh(long keys, long nanos) {
        return generation == keys && !ended(nanos);
    }

    boolean ended(long nanos) {
        return nanos - endsAtNanos >= 0;
    }

    IdentityOutcome.Authenticated outcome() {
        return outcome;
    }

    void used(long nanos) {
        usedAtNanos = nanos;
    }

    long usedAtNanos() {
        return usedAtNanos;
    }
}
