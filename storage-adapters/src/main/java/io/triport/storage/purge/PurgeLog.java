package io.triport.storage.purge;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.Purge;
import java.util.List;

/**
 * The purges of all nodes, numbered in the order in which they were committed. Old ones are forgotten after some minutes. Safe for many
 * threads. Both methods throw {@link io.triport.domain.failure.StorageFailure.Unavailable} where the log cannot be reached.
 */
public interface PurgeLog {
    /** Returns when every later {@link #after} has it. */
    void add(CacheName cache, Purge what);

    /** What came after the purge of a number. @param number 0 for all that are known */
    News after(long number);

    /** A purge of one cache. */
    record Entry(CacheName cache, Purge what) {}

    /**
     * What came.
     *
     * @param newest the number of the last one
     * @param forgotten the last of those that are known no more
     */
    record News(long newest, long forgotten, List<Entry> entries) {
        public News {
            entries = List.copyOf(entries);
        }
    }
}
