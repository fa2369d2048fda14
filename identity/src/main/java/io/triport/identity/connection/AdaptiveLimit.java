package io.triport.identity.connection;

import io.triport.domain.time.Ticker;

/** How many requests may be worked on at once, learned from how long answers take. Guarded by the lock of its user. */
final class AdaptiveLimit {
    /*
     * Gradient
     *
     * Once a window the mean latency is set against the usual one. While it stays below twice the usual, the limit grows
     * by its square root, so that a queue of that length can show whether there is room; above, it shrinks in proportion,
     * by half at most. A tenth of the way is gone per window. A limit that is not half used says nothing and stays. Far from
     * any sign of overload the limit grows by half per window, as TCP does in its slow start: else a burst that the server
     * could take with ease would be shed in part again and again, because bursts make few windows.
     *
     * Answers that come sooner than a request may wait for its turn are no reason to shrink, however much sooner they came
     * before: where a request takes a fraction of a millisecond, sixty clients that merely take turns make it ten of them.
     *
     * The usual latency follows improvements fast. It follows worsening slowly, and only while so few are at work that
     * they cannot have caused it; else a long overload would become the new usual, and the limit would grow with it.
     * (The idea is that of TCP Vegas; Netflix's concurrency-limits calls it gradient.)
     */
    private static final long WINDOW_NANOS = 100_000_000;
    private static final int LEAST_SAMPLES = 16;
    private static final double TOLERANCE = 2.0;
    private static final double STEEPEST = 0.5;
    private static final double PACE = 0.1;
    private static final double SLOW_START = 5.0;
    private static final double FOLLOW_DOWN = 0.2;
    private static final double FOLLOW_UP = 0.002;

    private final EdgeLimits.Work bounds;
    private final Ticker ticker;
    private double limit;
    private double usual;
    private long windowStart;
    private long sum;
    private int samples;
    private int peak;

    AdaptiveLimit(EdgeLimits.Work bounds, Ticker ticker) {
        this.bounds = bounds;
        this.ticker = ticker;
        this.limit = bounds.start();
        this.windowStart = ticker.nanos();
    }

    int now() {
        return (int) limit;
    }

    /** Takes one answer into account: how long it took, and how many were being worked on when it came. */
    void answered(long latencyNanos, int working) {
        sum += latencyNanos;
        samples++;
        peak = Math.max(peak, working);
        var now = ticker.nanos();
        if (samples >= LEAST_SAMPLES && now - windowStart >= WINDOW_NANOS) {
            adapt(Math.max(1.0, (double) sum / samples));
            windowStart = now;
            sum = 0;
            samples = 0;
            peak = 0;
        }
    }

    private void adapt(double recent) {
        var fewAtWork = peak * 2 < limit;
        follow(recent, fewAtWork || limit <= bounds.least());
        if (fewAtWork) {
            return;
        }
        var gradient = Math.clamp(tolerated() / recent, STEEPEST, 1.0);
        var headroom = gradient < 1 ? 0 : farFromBusy(recent) ? SLOW_START * limit : Math.sqrt(limit);
        limit = Math.clamp(limit + PACE * (limit * gradient + headroom - limit), bounds.least(), bounds.most());
    }

    private boolean farFromBusy(double recent) {
        return recent * 2 < bounds.queueAge().toNanos();
    }

    private double tolerated() {
        return Math.max(TOLERANCE * usual, (double) bounds.queueAge().toNanos());
    }

    private void follow(double recent, boolean mayWorsen) {
        if (usual == 0) {
            usual = recent;
        } else if (recent < usual) {
            usual += (recent - usual) * FOLLOW_DOWN;
        } else if (mayWorsen) {
            usual += (recent - usual) * FOLLOW_UP;
        }
    }
}
