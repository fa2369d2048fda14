package io.triport.storage.noncelog;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a nonce log lies and for how long it matters.
 *
 * @param directory of the log alone; made when absent
 * @param window how far a request may be dated from the clock, either way
 * @param memory how long a spent mark must be remembered at most, 2 s to 1 day
 */
public record NonceLogSettings(Path directory, Duration window, Duration memory) {
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofDays(1);

    public NonceLogSettings {
        if (window.isNegative() || window.compareTo(memory) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: zero to the memory, " + memory + ")");
        }
        if (memory.compareTo(SHORTEST) < 0 || memory.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "memory: " + memory + " (expected: " + SHORTEST + " .. " + LONGEST + ")");
        }
    }
}
