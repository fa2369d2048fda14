package io.triport.gateway.audit;

import java.time.Duration;

/** How long to wait before the next try: longer each time, up to a bound. Confined to one thread. */
final class Pause {
    static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Duration next = FIRST;

    long nanos() {
        var now = next;
        var twice = now.multipliedBy(2);
        next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        return now.toNanos();
    }

    void reset() {
        next = FIRST;
    }
}
