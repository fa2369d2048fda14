package io.triport.gateway.upstream;

import java.time.Duration;
import java.util.Arrays;

/** What requests of the last window came to, by slots of a thirtieth of it. Guarded by its owner. */
final class Outcomes {
    private static final int SLOTS = 30;

    private final long slotNanos;
    private final long[] good = new long[SLOTS];
    private final long[] bad = new long[SLOTS];
    private final long origin;
    private long present;
    private long seen;
    private long failed;

    Outcomes(Duration window, long now) {
        this.slotNanos = window.toNanos() / SLOTS;
        this.origin = now;
    }

    void add(long now, boolean failure) {
        advance(now);
        var counts = failure ? bad : good;
        counts[(int) (present % SLOTS)]++;
        seen++;
        if (failure) {
            failed++;
        }
    }

    /** As of the last addition. */
    long seen() {
        return seen;
    }

    double errorRate() {
        return seen == 0 ? 0 : (double) failed / seen;
    }

    void clear() {
        Arrays.fill(good, 0);
        Arrays.fill(bad, 0);
        seen = 0;
        failed = 0;
    }

    private void advance(long now) {
        var slot = (now - origin) / slotNanos;
        if (slot - present >= SLOTS) {
            clear();
            present = slot;
        }
        while (present < slot) {
            present++;
            var index = (int) (present % SLOTS);
            seen -= good[index] + bad[index];
            failed -= bad[index];
            good[index] = 0;
            bad[index] = 0;
        }
    }
}
