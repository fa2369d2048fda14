package io.triport.manager.metric;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How long calls took, as how many took no longer than each bound. Immutable.
 *
 * @param counts one for each bound, and one for what took longer
 */
public record Latencies(List<Long> counts) {
    /** Milliseconds. */
    private static final double[] BOUNDS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000};

    private static final double NANOS = 1_000_000.0;

    public static final Latencies NONE =
            new Latencies(Arrays.stream(new long[BOUNDS.length + 1]).boxed().toList());

    public Latencies {
        if (counts.size() != BOUNDS.length + 1) {
            throw new IllegalArgumentException(
                    "latencies: " + counts.size() + " counts (expected: " + (BOUNDS.length + 1) + ")");
        }
        counts = List.copyOf(counts);
    }

    static Latencies of(Duration took) {
        var place = 0;
        while (place < BOUNDS.length && took.toNanos() / NANOS > BOUNDS[place]) {
            place++;
        }
        var counts = new Long[BOUNDS.length + 1];
        Arrays.fill(counts, 0L);
        counts[place] = 1L;
        return new Latencies(List.of(counts));
    }

    public Latencies plus(Latencies other) {
        var sum = new Long[counts.size()];
        Arrays.setAll(sum, i -> counts.get(i) + other.counts.get(i));
        return new Latencies(List.of(sum));
    }

    public long calls() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** The bound, in milliseconds, that so many percent of the calls kept; 0 for no calls. */
    public double percentile(int percent) {
        var wanted = Math.ceil(calls() * percent / 100.0);
        var seen = 0L;
        for (var i = 0; i < BOUNDS.length; i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return calls() == 0 ? 0 : BOUNDS[i];
            }
        }
        return BOUNDS[BOUNDS.length - 1];
    }
}
