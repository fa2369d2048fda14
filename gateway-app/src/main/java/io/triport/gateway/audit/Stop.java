package io.triport.gateway.audit;

import io.triport.domain.time.Ticker;
import java.time.Duration;

/** The end of a queue: when it began, and how much time is left. Safe for many threads; begun by one. */
final class Stop {
    private final Ticker ticker;
    /** Written before {@link #begun}, which publishes it. */
    private long endAt;

    private volatile boolean begun;

    Stop(Ticker ticker) {
        this.ticker = ticker;
    }

    void begin(Duration drain) {
        endAt = ticker.nanos() + drain.toNanos();
        begun = true;
    }

    boolean begun() {
        return begun;
    }

    boolean timeIsOver() {
        return begun && ticker.nanos() - endAt >= 0;
    }
}
