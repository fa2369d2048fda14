package io.triport.storage.noncelog;

import java.time.Duration;

/**
 * Until when something must be remembered: by the wall clock and by the monotonic one, whichever is later. A wall clock that
 * jumps ahead and back again would otherwise forget marks whose requests are then accepted once more.
 *
 * @param wallSeconds seconds since the epoch
 * @param tick nanoseconds of the ticker
 */
record Keep(long wallSeconds, long tick) {
    static final Duration LONGEST = Duration.ofDays(365);

    Keep andUntil(Keep other) {
        return new Keep(Math.max(wallSeconds, other.wallSeconds), other.tick - tick > 0 ? other.tick : tick);
    }

    boolean passed(Moment now) {
        return now.wall().getEpochSecond() >= wallSeconds && now.tick() - tick >= 0;
    }
}
