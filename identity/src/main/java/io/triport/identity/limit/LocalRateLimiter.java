package io.triport.identity.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Buckets in this node's memory. Their number is bounded: when it is reached and none is full, owners without a bucket are
 * refused until one is. Safe for many threads.
 */
public final class LocalRateLimiter implements RateLimiter {
    /*
     * Concurrency. This object's monitor guards everything: a charge on several buckets must be one step, and a step takes about
     * a microsecond.
     *
     * Forgetting. A full bucket is as good as none, and only full ones are forgotten: to forget another would give its owner
     * units that were already taken. Buckets are looked through when their number has doubled since the last time, which keeps
     * the cost of a charge constant, and at the bound not before the moment at which the first of them can be full.
     */
    private static final int MOST = 100_000;
    private static final int FIRST_SWEEP = 1_024;

    private final Map<Owner, Bucket> buckets = new HashMap<>();
    private final TimeMeter meter;
    private final int most;
    private int sweepAt;
    private long fullAt;

    public LocalRateLimiter(Ticker ticker) {
        this(ticker, MOST);
    }

    LocalRateLimiter(Ticker ticker, int most) {
        this.meter = new TickerMeter(ticker);
        this.most = most;
        this.sweepAt = Math.min(FIRST_SWEEP, most);
        this.fullAt = ticker.nanos();
    }

    @Override
    public synchronized Admission take(List<Charge> charges) {
        if (charges.isEmpty()) {
            throw new IllegalArgumentException("charges: none (expected: at least one)");
        }
        for (var charge : charges) {
            if (!room(charge)) {
                return new Admission.Exhausted(charge.limit(), Duration.ofNanos(fullAt - meter.currentTimeNanos()));
            }
            var probe = bucket(charge).estimateAbilityToConsume(charge.cost());
            if (!probe.canBeConsumed()) {
                return new Admission.Exhausted(charge.limit(), wait(charge, probe.getNanosToWaitForRefill()));
            }
        }
        var least = Long.MAX_VALUE;
        for (var charge : charges) {
            var probe = bucket(charge).tryConsumeAndReturnRemaining(charge.cost());
            least = Math.min(least, probe.getRemainingTokens());
        }
        return new Admission.Taken(least);
    }

    /** Puts back what was taken for an event that another limit then refused. */
    synchronized void giveBack(List<Charge> charges) {
        for (var charge : charges) {
            bucket(charge).addTokens(charge.cost());
        }
    }

    synchronized int size() {
        return buckets.size();
    }

    private boolean room(Charge charge) {
        if (buckets.containsKey(owner(charge))) {
            return true;
        }
        if (buckets.size() >= sweepAt && meter.currentTimeNanos() - fullAt >= 0) {
            sweep();
        }
        return buckets.size() < most;
    }

    private void sweep() {
        buckets.entrySet().removeIf(each -> untilFull(each.getKey(), each.getValue()) == 0);
        sweepAt = Math.min(Math.max(FIRST_SWEEP, 2 * buckets.size()), most);
        if (buckets.size() == most) {
            var soonest = buckets.entrySet().stream()
                    .mapToLong(each -> untilFull(each.getKey(), each.getValue()))
                    .min();
            fullAt = meter.currentTimeNanos() + soonest.orElse(0);
        }
    }

    private static long untilFull(Owner owner, Bucket bucket) {
        return bucket.estimateAbilityToConsume(owner.limit().burst()).getNanosToWaitForRefill();
    }

    private Bucket bucket(Charge charge) {
        return buckets.computeIfAbsent(
                owner(charge),
                owner -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(owner.limit().burst())
                                .refillGreedy(
                                        owner.limit().limit(), owner.limit().window())
                                .build())
                        .withCustomTimePrecision(meter)
                        .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                        .build());
    }

    private static Owner owner(Charge charge) {
        return new Owner(charge.key(), charge.limit());
    }

    /** A bucket that never holds so much is asked again after its window. */
    private static Duration wait(Charge charge, long nanos) {
        var limit = charge.limit();
        return charge.cost() > limit.burst() ? limit.window() : Duration.ofNanos(nanos);
    }

    /** A limit that was changed is another bucket, and begins full. */
    private record Owner(String key, RateLimit limit) {}

    private record TickerMeter(Ticker ticker) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return ticker.nanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
