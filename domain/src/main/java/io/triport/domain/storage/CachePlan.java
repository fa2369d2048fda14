package io.triport.domain.storage;

import io.triport.domain.cache.CacheLimits;

/** The caches that a deployment asks for. */
public record CachePlan(CacheLimits limits, CachePlace place) {
    /** @throws IllegalArgumentException where one body may be larger than all together on the disk */
    public CachePlan {
        if (place instanceof CachePlace.MemoryAndDisk(var directory, var most)
                && limits.largest().compareTo(most) > 0) {
            throw new IllegalArgumentException("largest: " + limits.largest() + " (expected: at most the " + most
                    + " that " + directory + " takes)");
        }
    }
}
