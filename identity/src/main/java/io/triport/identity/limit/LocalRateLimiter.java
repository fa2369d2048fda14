package io.triport.identity.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Buckets in this node's memory. */
public final class LocalRateLimiter implements RateLimiter {
    private final ConcurrentHashMap<Owner, Bucket> buckets = new ConcurrentHashMap<>();
    private final TimeMeter meter;

    public LocalRateLimiter(Ticker ticker) {
        this.meter = new TickerMeter(ticker);
    }

    @Override
    public synchronized Admission take(List<Charge> charges) {
        var least = Long.MAX_VALUE;
        for (var charge : charges) {
            var probe = bucket(charge).estimateAbilityToConsume(charge.cost());
            if (!probe.canBeConsumed()) {
                return new Admission.Exhausted(charge.limit(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
            }
        }
        for (var charge : charges) {
            least = Math.min(
                    least,
                    bucket(charge).tryConsumeAndReturnRemaining(charge.cost()).getRemainingTokens());
        }
        return new Admission.Taken(least);
    }

    private Bucket bucket(Charge charge) {
        return buckets.computeIfAbsent(
                new Owner(charge.key(), charge.limit()),
                owner -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(owner.limit().burst())
                                .refillGreedy(
                                        owner.limit().limit(), owner.limit().window())
                                .build())
                        .withCustomTimePrecision(meter)
                        .build());
    }

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
