package io.triport.domain.request;

import java.time.Duration;

/**
 * How much may be taken in how long: a bucket that refills evenly.
 *
 * @param limit units added per window, 1 or more
 * @param window from 1 ms to 1 day
 * @param burst units the full bucket holds, at least the limit
 */
public record RateLimit(long limit, Duration window, long burst, LimitScope scope) {
    private static final Duration LONGEST = Duration.ofDays(1);

    public RateLimit {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
        }
        if (window.toMillis() < 1 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: 1 ms .. 1 day)");
        }
        if (burst < limit) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: at least the limit, " + limit + ")");
        }
    }
}
