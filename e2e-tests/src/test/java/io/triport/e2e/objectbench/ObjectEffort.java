package io.triport.e2e.objectbench;

import java.time.Duration;

/**
 * How much is done.
 *
 * @param keys objects of 1 KiB in the bucket that is listed
 * @param most requests of one turn
 * @param warmUp how long each row is sent before it is measured
 * @param round how long each row is measured in a round; who has a request under way then may end it
 */
record ObjectEffort(int keys, int most, Duration warmUp, int rounds, Duration round) {
    private static final int PLENTY = 400_000;

    static final ObjectEffort SHORT =
            new ObjectEffort(20_000, PLENTY, Duration.ofSeconds(3), 3, Duration.ofMillis(1_500));

    static final ObjectEffort FULL =
            new ObjectEffort(100_000, PLENTY, Duration.ofSeconds(10), 5, Duration.ofSeconds(5));

    /** Tells nothing but that the benchmark works. */
    static final ObjectEffort TINY =
            new ObjectEffort(40, ObjectBench.CONNECTIONS, Duration.ofMillis(1), 1, Duration.ofSeconds(20));
}
