package io.triport.identity.stream;

import io.netty.handler.codec.DateFormatter;
import java.time.Clock;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;

/** The field {@code Date} of answers, written once for all of a second. Safe for many threads: one reference is all its state. */
final class DateField {
    private final Clock clock;
    private final AtomicReference<Second> latest = new AtomicReference<>(new Second(Long.MIN_VALUE, ""));

    private record Second(long number, String text) {}

    DateField(Clock clock) {
        this.clock = clock;
    }

    String now() {
        var moment = clock.instant();
        var number = moment.getEpochSecond();
        var known = latest.get();
        if (known.number() == number) {
            return known.text();
        }
        var fresh = new Second(number, DateFormatter.format(Date.from(moment)));
        latest.set(fresh);
        return fresh.text();
    }
}
