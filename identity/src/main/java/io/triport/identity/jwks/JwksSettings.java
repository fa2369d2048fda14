package io.triport.identity.jwks;

import java.time.Duration;

/**
 * A published key set.
 *
 * @param maxStale how long a set is used when its source is down, 1 min to 7 d
 */
public record JwksSettings(JwksUrl url, Duration maxStale) {
    public static final Duration USUAL_STALE = Duration.ofHours(24);
    public static final Duration LEAST_STALE = Duration.ofMinutes(1);
    public static final Duration MOST_STALE = Duration.ofDays(7);

    public JwksSettings {
        if (maxStale.compareTo(LEAST_STALE) < 0 || maxStale.compareTo(MOST_STALE) > 0) {
            throw new IllegalArgumentException("maxStale: " + maxStale + " (expected: 1m .. 7d)");
        }
    }

    public static JwksSettings of(JwksUrl url) {
        return new JwksSettings(url, USUAL_STALE);
    }
}
