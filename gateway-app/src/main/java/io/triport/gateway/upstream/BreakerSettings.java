package io.triport.gateway.upstream;

import java.time.Duration;

/**
 * When a target is left alone, and when it is tried again.
 *
 * @param failures in a row that open the breaker, 1 or more
 * @param window in which requests are counted, 1 s to 1 h
 * @param minRequests that must have been seen in the window before anything opens, 1 or more
 * @param errorRate share of failures in the window that opens too, above 0 and at most 1
 * @param open how long it stays open the first time, 10 ms to 5 min
 * @param halfOpenProbes requests at once that test the target, 1 or more
 * @param closeAfter successful probes that close it, 1 or more
 */
public record BreakerSettings(
        int failures,
        Duration window,
        int minRequests,
        double errorRate,
        Duration open,
        int halfOpenProbes,
        int closeAfter) {
    /** The longest that a breaker stays open, however often it is opened again. */
    public static final Duration LONGEST_OPEN = Duration.ofMinutes(5);

    private static final Duration SHORTEST_OPEN = Duration.ofMillis(10);
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    public BreakerSettings {
        requireOneOrMore("failures", failures);
        requireOneOrMore("minRequests", minRequests);
        requireOneOrMore("halfOpenProbes", halfOpenProbes);
        requireOneOrMore("closeAfter", closeAfter);
        if (!(errorRate > 0 && errorRate <= 1)) {
            throw new IllegalArgumentException("errorRate: " + errorRate + " (expected: above 0, at most 1)");
        }
        if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: 1 s .. 1 h)");
        }
        if (open.compareTo(SHORTEST_OPEN) < 0 || open.compareTo(LONGEST_OPEN) > 0) {
            throw new IllegalArgumentException("open: " + open + " (expected: 10 ms .. 5 min)");
        }
    }

    /** What holds when nothing is configured. */
    public static BreakerSettings defaults() {
        return new BreakerSettings(5, Duration.ofSeconds(30), 5, 0.5, Duration.ofSeconds(30), 1, 2);
    }

    private static void requireOneOrMore(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
