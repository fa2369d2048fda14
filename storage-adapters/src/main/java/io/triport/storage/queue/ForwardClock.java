package io.triport.storage.queue;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Wall time that never goes back: while the clock is behind what it has said before, time stands still. So a message that was ready
 * stays so, and a delay is never shorter than it should be. Safe for many threads.
 */
final class ForwardClock {
    private final Clock clock;
    private final AtomicLong furthest = new AtomicLong(Long.MIN_VALUE);

    ForwardClock(Clock clock) {
        this.clock = clock;
    }

    long millis() {
        return furthest.accumulateAndGet(clock.millis(), Math::max);
    }
}
