package io.triport.storage.durable;

import io.triport.domain.time.Ticker;
import java.time.Duration;

/** How long the event of an object has lasted, or how long none has come. Guarded by the object's lock. */
final class EventTime {
    /*
     * Processor time
     *
     * Virtual threads do not tell theirs. So looks, twice a second, see whether the event's thread waits or goes on, and count the
     * time between two looks for one that goes on: a thread that is ready and gets no processor counts, too.
     */
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration MOST_BUSY = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Ticker ticker;
    private long since;
    private long lookedAt;
    private long busyNanos;

    EventTime(Ticker ticker) {
        this.ticker = ticker;
        begin();
    }

    /** An event has begun, or the last one has ended. */
    void begin() {
        since = ticker.nanos();
        lookedAt = since;
        busyNanos = 0;
    }

    void look(Turn running) {
        var now = ticker.nanos();
        busyNanos += running.busy() ? now - lookedAt : 0;
        lookedAt = now;
    }

    boolean tooLong() {
        return lasting() > LONGEST.toNanos() || busyNanos > MOST_BUSY.toNanos();
    }

    boolean idle() {
        return lasting() >= IDLE.toNanos();
    }

    private long lasting() {
        return ticker.nanos() - since;
    }
}
