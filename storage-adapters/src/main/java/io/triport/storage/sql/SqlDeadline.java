package io.triport.storage.sql;

import io.triport.domain.time.Ticker;
import java.time.Duration;

/** When a call has lasted too long, or nobody waits for it any more. Safe for many threads. */
final class SqlDeadline {
    private final Ticker ticker;
    private final long start;
    private final long most;
    private volatile boolean left;

    SqlDeadline(Ticker ticker, Duration most) {
        this.ticker = ticker;
        this.start = ticker.nanos();
        this.most = most.toNanos();
    }

    boolean over() {
        return left || ticker.nanos() - start >= most;
    }

    /** The caller has gone. */
    void leave() {
        left = true;
    }

    Ticker ticker() {
        return ticker;
    }
}
