package io.triport.domain.request;

/**
 * What one event takes from one limit.
 *
 * @param key whose bucket: 1 to 512 characters, distinct for distinct owners
 * @param cost units taken, 1 or more
 */
public record Charge(String key, RateLimit limit, long cost) {
    private static final int MOST = 512;

    public Charge {
        if (key.isEmpty() || key.length() > MOST) {
            throw new IllegalArgumentException("key: " + key.length() + " characters (expected: 1..512)");
        }
        if (cost < 1) {
            throw new IllegalArgumentException("cost: " + cost + " (expected: 1 or more)");
        }
    }
}
