package io.triport.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A wall clock that stands still until a test moves it. Safe for many threads. */
public final class SettableClock extends Clock {
    private final AtomicReference<Instant> now;

    private SettableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    public static SettableClock at(String moment) {
        return new SettableClock(Instant.parse(moment));
    }

    /** At the first second of 2026, as good as any. */
    public static SettableClock anywhere() {
        return at("2026-01-01T00:00:00Z");
    }

    public void advance(Duration by) {
        now.updateAndGet(moment -> moment.plus(by));
    }

    public void set(Instant moment) {
        now.set(moment);
    }

    /** The moment that lies so far ahead. */
    public Instant in(Duration ahead) {
        return instant().plus(ahead);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("zone: " + zone + " (expected: UTC)");
    }
}
