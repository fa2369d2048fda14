package io.triport.gateway.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What one meter reads now. Times are in seconds. */
sealed interface MetricPoint {
    /** As it is now. */
    record Reading(double value) implements MetricPoint {}

    /** What has come together since the start. */
    record Sum(double value) implements MetricPoint {}

    /** How much of something there was. */
    record Total(long count, double sum) implements MetricPoint {}

    /**
     * How it was spread.
     *
     * @param bounds of the buckets, each the largest value of its own
     * @param counts of each bucket alone; one more than there are bounds
     */
    record Spread(double sum, List<Double> bounds, List<Long> counts) implements MetricPoint {
        public Spread {
            bounds = List.copyOf(bounds);
            counts = List.copyOf(counts);
        }

        /** The sum of all buckets, which are read one after the other while others count. */
        long count() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }

    static MetricPoint of(Meter meter) {
        return meter.match(
                gauge -> new Reading(gauge.value()),
                counter -> new Sum(counter.count()),
                timer -> {
                    var now = timer.takeSnapshot();
                    return spread(now, now.total(TimeUnit.SECONDS), each -> each.bucket(TimeUnit.SECONDS));
                },
                summary -> {
                    var now = summary.takeSnapshot();
                    return spread(now, now.total(), CountAtBucket::bucket);
                },
                tasks -> new Reading(tasks.activeTasks()),
                gauge -> new Reading(gauge.value(TimeUnit.SECONDS)),
                counter -> new Sum(counter.count()),
                timer -> new Total((long) timer.count(), timer.totalTime(TimeUnit.SECONDS)),
                other -> new Reading(Double.NaN));
    }

    private static MetricPoint spread(HistogramSnapshot now, double sum, ToDoubleFunction<CountAtBucket> bound) {
        var bounded = Stream.of(now.histogramCounts())
                .filter(each -> Double.isFinite(each.bucket()))
                .toList();
        if (bounded.isEmpty()) {
            return new Total(now.count(), sum);
        }
        var counts = new ArrayList<Long>();
        var below = 0L;
        for (var each : bounded) {
            counts.add(Math.max(0, (long) each.count() - below));
            below = Math.max(below, (long) each.count());
        }
        counts.add(Math.max(0, now.count() - below));
        return new Spread(sum, bounded.stream().map(bound::applyAsDouble).toList(), counts);
    }
}
