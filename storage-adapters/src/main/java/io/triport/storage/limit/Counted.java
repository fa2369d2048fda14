package io.triport.storage.limit;

/** What a shared bucket counts with. Times are nanoseconds of the wall clock. */
sealed interface Counted permits SharedTokens, SharedWindow {
    long remaining();

    /** Zero when the cost fits. */
    long nanosUntil(long cost);

    void take(long cost);

    long nanosUntilWhole();

    byte[] state();
}
