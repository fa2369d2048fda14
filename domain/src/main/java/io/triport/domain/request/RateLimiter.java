package io.triport.domain.request;

import java.util.List;
import java.util.Optional;

/**
 * Counts what callers take. Needs no grant, because refusals must be limited too. A bucket begins full. Safe for many
 * threads: of any number of callers at once, no more succeed than the limit has room for.
 */
public interface RateLimiter {
    /**
     * Takes from all limits or from none.
     *
     * @param charges at least one, with distinct keys
     * @throws io.triport.domain.failure.StorageFailure when a shared limit that denies then cannot be asked
     */
    Admission take(List<Charge> charges);

    /**
     * The same where the answer needs no waiting, so that an event loop may ask. Empty when it would: nothing was taken then,
     * and {@link #take} is to be called where waiting is allowed.
     */
    default Optional<Admission> takeNow(List<Charge> charges) {
        return Optional.empty();
    }
}
