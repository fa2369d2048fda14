package io.triport.objects.quota;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes that may pass, and how many have. Safe for many threads; ended once. */
public final class Reservation {
    private final Meter meter;
    private final Clock clock;
    private final AtomicLong left;
    private final AtomicLong passed = new AtomicLong();

    Reservation(Meter meter, Clock clock, long bytes) {
        this.meter = meter;
        this.clock = clock;
        this.left = new AtomicLong(bytes);
    }

    /** Tells of bytes that have passed. */
    public void moved(long bytes) {
        passed.addAndGet(bytes);
        var before = left.getAndUpdate(had -> Math.max(0, had - bytes));
        meter.moved(bytes, Math.min(before, bytes), clock.instant());
    }

    /** Gives back what was not needed. */
    public void end() {
        meter.ended(left.getAndSet(0));
    }

    /** The same, where less or more has passed than was told. */
    public void end(long bytes) {
        var missing = bytes - passed.get();
        if (missing != 0) {
            meter.moved(missing, 0, clock.instant());
        }
        end();
    }
}
