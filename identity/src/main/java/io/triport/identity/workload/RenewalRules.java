package io.triport.identity.workload;

import java.time.Duration;

/**
 * When credentials are renewed, and who waits for it.
 *
 * @param begin how long before its end the renewal of one begins
 * @param near so little before its end callers wait for the renewal
 * @param patience how long they do at most
 * @param firstPause after a failure; doubles with each one up to the longest
 */
public record RenewalRules(Begin begin, Duration near, Duration patience, Duration firstPause, Duration longestPause) {
    /** How long before its end a renewal begins. */
    public enum Begin {
        /** 5 minutes, or a quarter of its life if that is more, and by up to a tenth of that earlier so that nodes come apart. */
        QUARTER,
        /** 60 seconds. */
        LAST_MINUTE
    }

    /** For credentials that everything hangs on: early, and patient with a cloud that fails (identity page, section 5). */
    public static final RenewalRules EARLY = new RenewalRules(
            Begin.QUARTER,
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));

    /** For backends of buckets (object proxy page, section 6). */
    public static final RenewalRules LATE = new RenewalRules(
            Begin.LAST_MINUTE,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    private static final Duration QUARTER_AT_LEAST = Duration.ofMinutes(5);
    private static final Duration LAST_MINUTE = Duration.ofSeconds(60);
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

    /** @param chance 0 to 1 */
    Duration ahead(Duration life, double chance) {
        return switch (begin) {
            case QUARTER -> {
                var quarter = life.dividedBy(4);
                var early = quarter.compareTo(QUARTER_AT_LEAST) > 0 ? quarter : QUARTER_AT_LEAST;
                yield early.plusNanos((long) (early.toNanos() / 10.0 * chance));
            }
            case LAST_MINUTE -> LAST_MINUTE;
        };
    }

    /** What somebody is told to wait at least. */
    Duration leastWait() {
        return LEAST_WAIT;
    }

    /** The same with another patience. */
    RenewalRules within(Duration other) {
        return new RenewalRules(begin, near, other, firstPause, longestPause);
    }
}
