package io.triport.e2e.bench;

import java.util.Arrays;

/** How far apart the means of two samples are, in units of what chance makes of samples of their size. */
final class Welch {
    /** Above it a difference is no accident (TVLA, and identity's acceptance). */
    static final double CERTAIN = 4.5;

    private Welch() {}

    /** Welch's t. @throws IllegalArgumentException for less than two values in one of them */
    static double t(long[] first, long[] second) {
        var spread = variance(first) / first.length + variance(second) / second.length;
        var apart = mean(first) - mean(second);
        if (spread == 0) {
            return apart == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, apart);
        }
        return apart / Math.sqrt(spread);
    }

    /** What is not above a bound: what an interrupt made long tells nothing of the code. */
    static long[] upTo(long[] values, long bound) {
        return Arrays.stream(values).filter(value -> value <= bound).toArray();
    }

    /** The value that this share of all values of both does not exceed. */
    static long quantile(long[] first, long[] second, double share) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        Arrays.sort(all);
        return all[(int) Math.max(0, Math.ceil(share * all.length) - 1)];
    }

    private static double mean(long[] values) {
        return Arrays.stream(values).average().orElseThrow(() -> new IllegalArgumentException("values: none"));
    }

    private static double variance(long[] values) {
        if (values.length < 2) {
            throw new IllegalArgumentException("values: " + values.length + " (expected: two or more)");
        }
        var mean = mean(values);
        return Arrays.stream(values)
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }
}
