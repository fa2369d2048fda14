package io.triport.identity.limit;

import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimiter;
import io.triport.testkit.FakeRateLimiter;
import io.triport.testkit.RateLimiterContract;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.concurrent.Executors;

final class LeasingRateLimiterContractTest extends RateLimiterContract {
    @Override
    protected Fixture create() {
        var ticker = new SettableTicker();
        var store = new FakeRateLimiter(ticker);
        return new Leasing(
                new LeasingRateLimiter(
                        store,
                        new Presence(store, "node", null),
                        ticker,
                        limit -> 1_000,
                        new LeasingRateLimiter.Asking(
                                Duration.ofMinutes(2), Executors.newVirtualThreadPerTaskExecutor())),
                ticker);
    }

    private record Leasing(RateLimiter limiter, SettableTicker ticker) implements Fixture {
        @Override
        public LimitScope scope() {
            return LimitScope.SHARED;
        }

        @Override
        public void advance(Duration by) {
            ticker.advance(by);
        }

        @Override
        public void close() {
            // Memory only: nothing to give back.
        }
    }
}
