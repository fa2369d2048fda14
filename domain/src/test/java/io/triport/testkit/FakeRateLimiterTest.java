package io.triport.testkit;

import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimiter;
import java.time.Duration;

final class FakeRateLimiterTest extends RateLimiterContract {
    @Override
    protected Fixture create() {
        var ticker = new SettableTicker();
        return new InMemory(new FakeRateLimiter(ticker), ticker);
    }

    private record InMemory(RateLimiter limiter, SettableTicker ticker) implements Fixture {
        @Override
        public LimitScope scope() {
            return LimitScope.LOCAL;
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
