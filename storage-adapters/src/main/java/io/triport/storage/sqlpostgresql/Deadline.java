package io.triport.storage.sqlpostgresql;

import io.triport.domain.time.Ticker;
import java.time.Duration;

/** When a call has lasted too long. Safe for many threads. */
record Deadline(Ticker ticker, long start, Duration most) {
    static Deadline of(Ticker ticker, Duration most) {
        return new Deadline(ticker, ticker.nanos(), most);
    }

    boolean over() {
        return ticker.nanos() - start >= most.toNanos();
    }
}
