package io.triport.testkit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers all that was ever taken and looks through it each time; {@link #take} holds the lock of the map. */
public final class FakeRateLimiter implements SharedRateLimiter {
    private static final long SLOTS = 60;

    private final Map<Owner, List<Take>> takes = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final Ticker ticker;

    private record Owner(String key, RateLimit limit) {}

    private record Take(long at, long units) {}

    public FakeRateLimiter(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public Admission take(List<Charge> charges) {
        synchronized (takes) {
            var now = ticker.nanos();
            var wait = 0L;
            var slowest = -1;
            for (var i = 0; i < charges.size(); i++) {
                var needed = wait(charges.get(i), now);
                if (needed > wait || (needed > 0 && slowest < 0)) {
                    wait = needed;
                    slowest = i;
                }
            }
            if (slowest < 0) {
                charges.forEach(charge -> taken(charge).add(new Take(now, charge.cost())));
            }
            var standings =
                    charges.stream().map(charge -> standing(charge, now)).toList();
            return slowest < 0
                    ? new Admission.Taken(standings)
                    : new Admission.Exhausted(slowest, Duration.ofNanos(wait), standings);
        }
    }

    @Override
    public int nodes(String node, Duration silence) {
        synchronized (takes) {
            seen.put(node, ticker.nanos());
            seen.values().removeIf(at -> ticker.nanos() - at > silence.toNanos());
            return seen.size();
        }
    }

    private List<Take> taken(Charge charge) {
        return takes.computeIfAbsent(new Owner(charge.key(), charge.limit()), owner -> new ArrayList<>());
    }

    private Admission.Standing standing(Charge charge, long now) {
        var limit = charge.limit();
        return new Admission.Standing(limit, room(charge, now), Duration.ofNanos(waitFor(charge, limit.burst(), now)));
    }

    private long wait(Charge charge, long now) {
        var limit = charge.limit();
        return charge.cost() > limit.burst() ? limit.window().toNanos() : waitFor(charge, charge.cost(), now);
    }

    /** By trying the moments at which something comes back. */
    private long waitFor(Charge charge, long units, long now) {
        if (room(charge, now) >= units) {
            return 0;
        }
        if (charge.limit().algorithm() == LimitAlgorithm.TOKEN_BUCKET) {
            var missing = units - tokens(charge, now);
            return (long) Math.ceil(
                    missing * charge.limit().window().toNanos() / charge.limit().limit());
        }
        return taken(charge).stream()
                .map(take -> leaves(charge.limit(), take.at()))
                .filter(moment -> moment > now && room(charge, moment) >= units)
                .mapToLong(moment -> moment - now)
                .min()
                .orElseThrow();
    }

    private long room(Charge charge, long now) {
        var limit = charge.limit();
        if (limit.algorithm() == LimitAlgorithm.TOKEN_BUCKET) {
            return (long) Math.floor(tokens(charge, now) + 1e-6);
        }
        return limit.limit()
                - taken(charge).stream()
                        .filter(take -> leaves(limit, take.at()) > now)
                        .mapToLong(Take::units)
                        .sum();
    }

    private double tokens(Charge charge, long now) {
        var limit = charge.limit();
        var tokens = (double) limit.burst();
        var asOf = Long.MIN_VALUE;
        for (var take : taken(charge)) {
            tokens = refilled(limit, tokens, asOf, take.at()) - take.units();
            asOf = take.at();
        }
        return refilled(limit, tokens, asOf, now);
    }

    private static double refilled(RateLimit limit, double tokens, long from, long to) {
        var gained = ((double) to - from) * limit.limit() / limit.window().toNanos();
        return Math.min((double) limit.burst(), tokens + gained);
    }

    private static long leaves(RateLimit limit, long at) {
        var window = limit.window().toNanos();
        return switch (limit.algorithm()) {
            case SLIDING_LOG -> at + window;
            case FIXED -> (at / window + 1) * window;
            case SLIDING_WINDOW -> {
                var slot = (window + SLOTS - 1) / SLOTS;
                yield (at / slot + SLOTS + 1) * slot;
            }
            case TOKEN_BUCKET -> throw new IllegalStateException("nothing leaves a token bucket");
        };
    }
}
