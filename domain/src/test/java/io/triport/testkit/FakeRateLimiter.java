package io.triport.testkit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Buckets in memory; {@link #take} holds the lock of the map. */
public final class FakeRateLimiter implements RateLimiter {
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Ticker ticker;

    private record Bucket(double units, long asOf) {}

    public FakeRateLimiter(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public Admission take(List<Charge> charges) {
        synchronized (buckets) {
            var now = ticker.nanos();
            var remaining = Long.MAX_VALUE;
            for (var charge : charges) {
                var missing = charge.cost() - units(charge, now);
                if (missing > 0) {
                    return new Admission.Exhausted(charge.limit(), timeFor(missing, charge.limit()));
                }
                remaining = Math.min(remaining, (long) -missing);
            }
            charges.forEach(charge -> buckets.put(charge.key(), new Bucket(units(charge, now) - charge.cost(), now)));
            return new Admission.Taken(remaining);
        }
    }

    private double units(Charge charge, long now) {
        var limit = charge.limit();
        var bucket = buckets.getOrDefault(charge.key(), new Bucket((double) limit.burst(), now));
        var refilled =
                (double) (now - bucket.asOf()) * limit.limit() / limit.window().toNanos();
        return Math.min((double) limit.burst(), bucket.units() + refilled);
    }

    private static Duration timeFor(double units, RateLimit limit) {
        return Duration.ofNanos((long) Math.ceil(units * limit.window().toNanos() / limit.limit()));
    }
}
