package io.triport.identity.jwt;

import java.time.Duration;

/**
 * How long tokens hold.
 *
 * @param skew what the clocks may differ by, 0 s to 300 s
 * @param maxAge how long after its issue a token is taken, {@link #UNBOUNDED} for as long as it says
 */
public record Lifetime(Duration skew, Duration maxAge, Expiry expiry) {
    public static final Duration MOST_SKEW = Duration.ofSeconds(300);
    public static final Duration USUAL_SKEW = Duration.ofSeconds(30);

    /** As far as dates in claims go: to the end of the year 9999. */
    public static final Duration UNBOUNDED = Duration.ofSeconds(253_402_300_799L);

    /** Usual skew, a claim {@code exp}, and no age. */
    public static final Lifetime DEFAULT = new Lifetime(USUAL_SKEW, UNBOUNDED, Expiry.REQUIRED);

    /** Whether a token must say when it ends. */
    public enum Expiry {
        REQUIRED,
        /** Then it must say when it was issued, and a greatest age is set. */
        OPTIONAL
    }

    public Lifetime {
        if (skew.isNegative() || skew.compareTo(MOST_SKEW) > 0) {
            throw new IllegalArgumentException("skew: " + skew + " (expected: 0s .. 300s)");
        }
        if (!maxAge.isPositive() || maxAge.compareTo(UNBOUNDED) > 0) {
            throw new IllegalArgumentException("maxAge: " + maxAge + " (expected: more than zero)");
        }
        if (expiry == Expiry.OPTIONAL && maxAge.equals(UNBOUNDED)) {
            throw new IllegalArgumentException("maxAge: none (expected: one, where exp is not required)");
        }
    }

    boolean ageBounded() {
        return !maxAge.equals(UNBOUNDED);
    }
}
