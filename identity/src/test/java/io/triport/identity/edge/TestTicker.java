package io.triport.identity.edge;

import io.triport.domain.time.Ticker;
import java.time.Duration;

/** Stands still until it is moved. Starts close to the overflow that a real one may reach. */
final class TestTicker implements Ticker {
    private volatile long nanos = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    @Override
    public long nanos() {
        return nanos;
    }

    void advance(Duration time) {
        nanos += time.toNanos();
    }
}
