package io.triport.e2e.bench;

import java.time.Duration;
import java.util.List;

/**
 * How much is done. All of it is bounded by time as well as by count, so that a slow server makes the figures thin and not the
 * run long.
 *
 * @param keys how many are filled
 * @param warmUp requests before anything is measured
 * @param longestWarmUp when the warm-up ends even so
 * @param mostPerRound requests of one operation in one round at most
 * @param round how long one operation is measured in one round
 * @param starts how often each kind of start is measured
 */
record Effort(
        int keys,
        int warmUp,
        Duration longestWarmUp,
        int rounds,
        int mostPerRound,
        Duration round,
        List<Integer> connections,
        int starts) {
    private static final int PLENTY = 200_000;

    /** Below 150 000 requests much of the server's time is still its compiler's. */
    static final Effort FULL =
            new Effort(10_000, 150_000, Duration.ofSeconds(60), 3, PLENTY, Duration.ofSeconds(3), List.of(16, 64), 3);

    static final Effort QUICK =
            new Effort(10_000, 150_000, Duration.ofSeconds(20), 3, PLENTY, Duration.ofSeconds(1), List.of(16, 64), 1);

    /** Tells nothing but that the benchmark works. */
    static final Effort TINY =
            new Effort(100, 100, Duration.ofSeconds(60), 1, 100, Duration.ofSeconds(20), List.of(4), 1);
}
