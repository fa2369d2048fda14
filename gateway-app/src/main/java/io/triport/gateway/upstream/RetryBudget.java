package io.triport.gateway.upstream;

import io.triport.domain.time.Ticker;
import java.util.Arrays;

/**
 * Bounds what is sent a second time, retries and hedges together, to a share of the requests of the last 10 s, rounded up: the
 * first request of a quiet upstream may be repeated, and a storm is not made worse. Safe for many threads.
 */
public final class RetryBudget {
    /* This object's monitor guards the slots, for well under a microsecond. */
    private static final int SLOTS = 10;
    private static final long SLOT_NANOS = 1_000_000_000L;
    private static final int WHOLE = 100;

    private final int percent;
    private final Ticker ticker;
    private final long origin;
    private final long[] requests = new long[SLOTS];
    private final long[] repeats = new long[SLOTS];
    private long present;
    private long requested;
    private long repeated;

    /** @param percent of the requests, 0 to 100 */
    public RetryBudget(int percent, Ticker ticker) {
        if (percent < 0 || percent > WHOLE) {
            throw new IllegalArgumentException("percent: " + percent + " (expected: 0..100)");
        }
        this.percent = percent;
        this.ticker = ticker;
        this.origin = ticker.nanos();
    }

    /** A request began; what is sent for it again does not count here. */
    public synchronized void requested() {
        advance();
        requests[(int) (present % SLOTS)]++;
        requested++;
    }

    /** Whether something may be sent again, which is counted when it may. */
    public synchronized boolean take() {
        advance();
        if (repeated * WHOLE >= requested * percent) {
            return false;
        }
        repeats[(int) (present % SLOTS)]++;
        repeated++;
        return true;
    }

    private void advance() {
        var slot = (ticker.nanos() - origin) / SLOT_NANOS;
        if (slot - present >= SLOTS) {
            Arrays.fill(requests, 0);
            Arrays.fill(repeats, 0);
            requested = 0;
            repeated = 0;
            present = slot;
        }
        while (present < slot) {
            present++;
            var index = (int) (present % SLOTS);
            requested -= requests[index];
            repeated -= repeats[index];
            requests[index] = 0;
            repeats[index] = 0;
        }
    }
}
