package io.triport.domain.storage;

import java.util.function.DoubleSupplier;

/**
 * How many of something there are in storage at the moment.
 *
 * @param adapter the technology, such as {@code sqlite}
 * @param part which pool or queue of it, a name from a closed set
 * @param now read when metrics are, so it must not wait; not a number while nobody knows
 */
public record StorageLevel(Kind kind, String adapter, String part, DoubleSupplier now) {
    /** What is counted. */
    public enum Kind {
        /** Members of a pool that somebody uses. */
        BUSY,
        /** Members of a pool that nobody uses. */
        IDLE,
        /** Whoever waits for a member of a pool, or for a turn. */
        WAITING,
        /** Messages that are stored in a queue. */
        BACKLOG,
        /** Seconds since when something has not been carried to where it is kept as well. */
        BEHIND
    }
}
