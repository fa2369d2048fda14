package io.triport.storage.noncelog;

import java.time.Duration;
import java.time.Instant;

/** One reading of both clocks: the wall's, which dates, and the monotonic one, which nobody sets. */
record Moment(Instant wall, long tick) {
    long nanosSince(Moment earlier) {
        return tick - earlier.tick;
    }

    Keep keepUntil(Instant end) {
        var life = Duration.between(wall, end);
        var bounded = life.compareTo(Keep.LONGEST) > 0 ? Keep.LONGEST : life;
        var nanos = life.isNegative() ? 0 : bounded.toNanos();
        return new Keep(end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1, tick + nanos);
    }
}
