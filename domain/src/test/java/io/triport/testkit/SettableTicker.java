package io.triport.testkit;

import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Monotonic time that stands still until a test moves it. Safe for many threads. */
public final class SettableTicker implements Ticker {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000);

    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by: " + by + " (expected: zero or more)");
        }
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }
}
