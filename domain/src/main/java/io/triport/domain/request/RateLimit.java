package io.triport.domain.request;

import java.time.Duration;

/**
 * How much may be taken in how long.
 *
 * @param limit units in a window, 1 or more; at most 100 000 where every moment is kept
 * @param window from 1 ms to 1 day
 * @param burst units that a full bucket holds, at least the limit; only a token bucket has more than that
 * @param storeLoss matters for a shared limit only
 */
public record RateLimit(
        LimitAlgorithm algorithm, long limit, Duration window, long burst, LimitScope scope, StoreLoss storeLoss) {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long LONGEST_LOG = 100_000;

    public RateLimit {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
        }
        if (algorithm == LimitAlgorithm.SLIDING_LOG && limit > LONGEST_LOG) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: at most 100000 for a log)");
        }
        if (window.toMillis() < 1 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: 1 ms .. 1 day)");
        }
        if (burst < limit) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: at least the limit, " + limit + ")");
        }
        if (algorithm != LimitAlgorithm.TOKEN_BUCKET && burst != limit) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: the limit, " + limit + ")");
        }
    }

    /** A token bucket. */
    public RateLimit(long limit, Duration window, long burst, LimitScope scope) {
        this(LimitAlgorithm.TOKEN_BUCKET, limit, window, burst, scope, StoreLoss.LOCAL);
    }

    /** Without more burst than the limit. */
    public static RateLimit of(LimitAlgorithm algorithm, long limit, Duration window, LimitScope scope) {
        return new RateLimit(algorithm, limit, window, limit, scope, StoreLoss.LOCAL);
    }
}
