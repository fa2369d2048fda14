package io.triport.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.storage.StorageSettings;
import io.triport.testkit.AtOnce;
import io.triport.testkit.RateLimiterContract;
import io.triport.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RedisRateLimiterTest extends RateLimiterContract {
    private static final RateLimit LIMIT =
            RateLimit.of(LimitAlgorithm.SLIDING_WINDOW, 10, Duration.ofHours(1), LimitScope.SHARED);

    @Override
    protected Fixture create() {
        var clock = SettableClock.anywhere();
        var server = RedisServer.start();
        return new OnServer(server, OpenRedis.open(server.address(), clock), clock);
    }

    @ParameterizedTest
    @EnumSource
    void every_algorithm_counts_what_two_nodes_take(LimitAlgorithm algorithm) {
        var limit = RateLimit.of(algorithm, 30, Duration.ofHours(1), LimitScope.SHARED);
        try (var server = RedisServer.start();
                var one = OpenRedis.open(server.address(), Clock.systemUTC());
                var other = OpenRedis.open(server.address(), Clock.systemUTC())) {
            var limiters = List.of(one.limiter(), other.limiter());

            var admissions =
                    AtOnce.run(60, caller -> () -> limiters.get(caller % 2).take(List.of(new Charge("a", limit, 1))));

            assertThat(admissions).filteredOn(Admission.Taken.class::isInstance).hasSize(30);
        }
    }

    @Test
    void nodes_are_counted_until_they_are_silent_for_too_long() {
        var clock = SettableClock.anywhere();
        var silence = Duration.ofSeconds(15);
        try (var server = RedisServer.start();
                var limits = OpenRedis.open(server.address(), clock)) {
            assertThat(limits.limiter().nodes("one", silence)).isEqualTo(1);
            assertThat(limits.limiter().nodes("other", silence)).isEqualTo(2);
            clock.advance(Duration.ofSeconds(16));

            assertThat(limits.limiter().nodes("one", silence)).isEqualTo(1);
        }
    }

    @Test
    void a_server_that_wants_a_password_gets_it() {
        try (var server = RedisServer.start("open sesame");
                var limits = OpenRedis.open(server.address(), Clock.systemUTC());
                var stranger = OpenRedis.open(
                        new StorageSettings.Redis(server.address().address(), Secret.of("")), Clock.systemUTC())) {
            assertThat(limits.limiter().take(List.of(new Charge("a", LIMIT, 1))))
                    .isInstanceOf(Admission.Taken.class);
            assertThatThrownBy(() -> stranger.limiter().take(List.of(new Charge("a", LIMIT, 1))))
                    .isInstanceOf(StorageFailure.Unavailable.class);
        }
    }

    @Test
    void a_server_that_goes_away_is_told_and_one_that_comes_back_is_used() {
        try (var server = RedisServer.start();
                var limits = OpenRedis.open(server.address(), Clock.systemUTC())) {
            limits.limiter().take(List.of(new Charge("a", LIMIT, 1)));

            server.stop();
            assertThatThrownBy(() -> limits.limiter().take(List.of(new Charge("a", LIMIT, 1))))
                    .isInstanceOf(StorageFailure.Unavailable.class);
            server.resume();

            assertThat(eventually(limits.limiter())).isInstanceOf(Admission.Taken.class);
        }
    }

    @Test
    void a_server_that_is_not_there_at_the_start_is_used_when_it_comes() {
        try (var server = RedisServer.start()) {
            server.stop();
            try (var limits = OpenRedis.open(server.address(), Clock.systemUTC())) {
                assertThatThrownBy(() -> limits.limiter().take(List.of(new Charge("a", LIMIT, 1))))
                        .isInstanceOf(StorageFailure.Unavailable.class);

                server.resume();

                assertThat(eventually(limits.limiter())).isInstanceOf(Admission.Taken.class);
            }
        }
    }

    /** The client connects again in steps of up to some seconds. */
    private static Admission eventually(RateLimiter limiter) {
        var begun = System.nanoTime();
        while (true) {
            try {
                return limiter.take(List.of(new Charge("a", LIMIT, 1)));
            } catch (StorageFailure.Unavailable e) {
                if (System.nanoTime() - begun > Duration.ofMinutes(2).toNanos()) {
                    throw e;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private record OnServer(RedisServer server, OpenRedis limits, SettableClock clock) implements Fixture {
        @Override
        public RateLimiter limiter() {
            return limits.limiter();
        }

        @Override
        public LimitScope scope() {
            return LimitScope.SHARED;
        }

        @Override
        public void advance(Duration by) {
            clock.advance(by);
        }

        @Override
        public void close() {
            limits.close();
            server.close();
        }
    }
}
