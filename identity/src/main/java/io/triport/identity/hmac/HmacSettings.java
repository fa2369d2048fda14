package io.triport.identity.hmac;

import java.time.Duration;

/**
 * How signatures are judged.
 *
 * @param window the largest distance between a request's timestamp and the clock, both edges included; 1 s to 1 h
 * @param basePath what a front proxy may have stripped: empty, or a path that begins with a slash and does not end with one
 */
public record HmacSettings(Duration window, String basePath) {
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(60);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** What the clocks of two nodes may differ by. */
    private static final Duration CLOCKS = Duration.ofSeconds(60);

    public HmacSettings {
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: 1s .. 1h)");
        }
        if (!basePath.isEmpty() && (!basePath.startsWith("/") || basePath.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "base path: " + basePath + " (expected: empty, or /name without a slash at the end)");
        }
    }

    /** How long a spent nonce is remembered: a request may be dated a window ahead, and be judged by a clock that is late. */
    public Duration nonceMemory() {
        return window.multipliedBy(2).plus(CLOCKS);
    }
}
