package io.triport.domain.storage;

import io.triport.domain.request.InvalidInput;
import java.time.Duration;

/**
 * A bound on how often each key is written through a node, for an app that wants one.
 *
 * @param apart how long after a write of a key the next one is refused as {@code THROTTLED}; 1 ms to 1 h
 */
public record WriteGuard(Duration apart) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /** One write of a key in a second (storage contract, section 2.2). */
    public static final WriteGuard USUAL = new WriteGuard(Duration.ofSeconds(1));

    /** @throws InvalidInput for another time */
    public WriteGuard {
        if (apart.toMillis() < 1 || apart.compareTo(LONGEST) > 0) {
            throw new InvalidInput("write guard", "1ms..1h");
        }
    }
}
