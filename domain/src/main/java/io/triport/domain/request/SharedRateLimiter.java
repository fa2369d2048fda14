package io.triport.domain.request;

import java.time.Duration;

/** Buckets that all nodes take from together. Every call may wait for the store. */
public interface SharedRateLimiter extends RateLimiter {
    /**
     * Tells that a node takes part, and asks how many do.
     *
     * @param node the same name each time, different for each node
     * @param silence after which a node that said nothing no longer counts
     * @return 1 or more
     * @throws io.triport.domain.failure.StorageFailure when the store does not answer
     */
    int nodes(String node, Duration silence);
}
