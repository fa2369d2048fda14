package io.triport.domain.request;

import java.nio.ByteBuffer;

/**
 * What was taken within the last window: the one place that knows how {@link LimitAlgorithm#SLIDING_WINDOW}, {@link
 * LimitAlgorithm#FIXED} and {@link LimitAlgorithm#SLIDING_LOG} count. Not safe for many threads: it belongs to whoever holds the
 * bucket.
 */
public final class WindowCount {
    /*
     * The three differ in two numbers: how coarse a moment is, and how many moments count, the present one included. A sliding
     * window has 61 moments of a sixtieth (rounded up, so that 60 of them are never less than the window), a fixed one has one
     * moment of the whole window, and a log has as many moments as the window has nanoseconds.
     *
     * Only moments in which something was taken are kept, oldest first, in two rings that grow with their number.
     */
    private static final int SLOTS = 60;
    private static final int SMALLEST = 2;
    private static final int MOMENT_BYTES = 2 * Long.BYTES;

    private final long granule;
    private final long kept;
    private long[] moments = new long[SMALLEST];
    private long[] counts = new long[SMALLEST];
    private int oldest;
    private int size;
    private long taken;

    private WindowCount(long granule, long kept) {
        this.granule = granule;
        this.kept = kept;
    }

    /** Nothing taken yet. @throws IllegalArgumentException for a token bucket */
    public static WindowCount of(RateLimit limit) {
        var window = limit.window().toNanos();
        return switch (limit.algorithm()) {
            case SLIDING_WINDOW -> new WindowCount(Math.ceilDiv(window, SLOTS), SLOTS + 1);
            case FIXED -> new WindowCount(window, 1);
            case SLIDING_LOG -> new WindowCount(1, window);
            case TOKEN_BUCKET -> throw new IllegalArgumentException("token bucket (expected: a window)");
        };
    }

    /** What {@link #toBytes} gave, also by a limit whose window was another. */
    public static WindowCount parse(RateLimit limit, Bytes bytes) {
        var count = of(limit);
        var buffer = bytes.toByteBuffer();
        var granule = buffer.getLong();
        while (buffer.remaining() >= MOMENT_BYTES) {
            var moment = buffer.getLong();
            count.append(
                    granule == count.granule ? moment : rescaled(moment, granule, count.granule), buffer.getLong());
        }
        return count;
    }

    public Bytes toBytes() {
        var buffer = ByteBuffer.allocate(Long.BYTES + size * MOMENT_BYTES).putLong(granule);
        for (var i = 0; i < size; i++) {
            buffer.putLong(moments[place(i)]).putLong(counts[place(i)]);
        }
        return Bytes.from(buffer.flip());
    }

    /** Forgets what no longer counts. @param now nanoseconds of one clock; going back is as if it had stood still */
    public void advance(long now) {
        var present = Math.floorDiv(now, granule);
        while (size > 0 && present - moments[oldest] >= kept) {
            taken -= counts[oldest];
            oldest = place(1);
            size--;
        }
    }

    /** Units that count, as of the last {@link #advance}. */
    public long taken() {
        return taken;
    }

    public void add(long now, long cost) {
        append(Math.floorDiv(now, granule), cost);
    }

    /** How long until no more than so many units count, if nothing is added. */
    public long nanosUntil(long most, long now) {
        var left = taken;
        for (var i = 0; i < size; i++) {
            if (left <= most) {
                return i == 0 ? 0 : leaves(i - 1, now);
            }
            left -= counts[place(i)];
        }
        return size == 0 ? 0 : leaves(size - 1, now);
    }

    private long leaves(int index, long now) {
        return Math.max(0, (moments[place(index)] + kept) * granule - now);
    }

    private void append(long moment, long cost) {
        taken += cost;
        // A clock that went back adds to the newest moment: moments stay in order.
        if (size > 0 && moments[place(size - 1)] >= moment) {
            counts[place(size - 1)] += cost;
            return;
        }
        if (size == moments.length) {
            grow();
        }
        moments[place(size)] = moment;
        counts[place(size)] = cost;
        size++;
    }

    private void grow() {
        var moreMoments = new long[2 * size];
        var moreCounts = new long[2 * size];
        for (var i = 0; i < size; i++) {
            moreMoments[i] = moments[place(i)];
            moreCounts[i] = counts[place(i)];
        }
        moments = moreMoments;
        counts = moreCounts;
        oldest = 0;
    }

    /** Lengths are powers of two. */
    private int place(int index) {
        return (oldest + index) & (moments.length - 1);
    }

    /** Rounded up, so that nothing leaves before its time. */
    private static long rescaled(long moment, long from, long to) {
        return Math.ceilDiv(Math.multiplyExact(moment, from), to);
    }

    @Override
    public String toString() {
        return "WindowCount[" + taken + " in " + size + " moments]";
    }
}
