package io.triport.domain.request;

import java.util.List;

/**
 * Counts what callers take. Needs no grant, because refusals must be limited too. A bucket begins full. Safe for many
 * threads: of any number of callers at once, no more succeed than the limit has room for.
 */
public interface RateLimiter {
    /**
     * Takes from all limits or from none.
     *
     * @param charges at least one, with distinct keys
     */
    Admission take(List<Charge> charges);
}
