package io.triport.domain.request;

/** How a limit counts what was taken. */
public enum LimitAlgorithm {
    /** A bucket that holds {@code burst} units and refills evenly, {@code limit} units in each window. */
    TOKEN_BUCKET,
    /**
     * Slots of a sixtieth of the window. The present slot and the 60 before it count, so that no interval of the window's length
     * has more than the limit, and room comes back at most one slot late.
     */
    SLIDING_WINDOW,
    /** Windows that follow each other: two bursts can meet where one ends and the next begins. */
    FIXED,
    /** Every moment is kept: no interval of the window's length has more than the limit, and room comes back at once. */
    SLIDING_LOG
}
