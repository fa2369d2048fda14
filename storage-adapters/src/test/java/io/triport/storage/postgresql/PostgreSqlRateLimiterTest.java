package io.triport.storage.postgresql;

import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimiter;
import io.triport.testkit.RateLimiterContract;
import java.time.Duration;

final class PostgreSqlRateLimiterTest extends RateLimiterContract {
    @Override
    protected Fixture create() {
        var fixture = new PostgreSqlFixture();
        return new Fixture() {
            @Override
            public RateLimiter limiter() {
                return fixture.storage().limiter();
            }

            @Override
            public LimitScope scope() {
                return LimitScope.SHARED;
            }

            @Override
            public void advance(Duration by) {
                fixture.clock().advance(by);
            }

            @Override
            public void close() {
                fixture.close();
            }
        };
    }
}
