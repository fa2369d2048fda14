package io.triport.identity.launch;

import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.util.Optional;

/**
 * What an app has around it in a test.
 *
 * @param shared the store of shared limits, empty for that of the configured storage
 */
public record Surroundings(Clock clock, Ticker ticker, Optional<SharedRateLimiter> shared) {
    public static Surroundings real() {
        return new Surroundings(Clock.systemUTC(), Ticker.system(), Optional.empty());
    }

    public Surroundings at(Clock other) {
        return new Surroundings(other, ticker, shared);
    }

    public Surroundings at(Ticker other) {
        return new Surroundings(clock, other, shared);
    }

    public Surroundings sharing(SharedRateLimiter limiter) {
        return new Surroundings(clock, ticker, Optional.of(limiter));
    }
}
