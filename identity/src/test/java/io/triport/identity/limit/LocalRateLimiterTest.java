package io.triport.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.testkit.RateLimiterContract;
import io.triport.testkit.Remaining;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalRateLimiterTest extends RateLimiterContract {
    private static final RateLimit LIMIT = new RateLimit(2, Duration.ofSeconds(1), 2, LimitScope.LOCAL);

    private final SettableTicker ticker = new SettableTicker();
    private final LocalRateLimiter small = new LocalRateLimiter(ticker, limit -> 3);

    @Override
    protected Fixture create() {
        var time = new SettableTicker();
        var limiter = new LocalRateLimiter(time);
        return new Fixture() {
            @Override
            public RateLimiter limiter() {
                return limiter;
            }

            @Override
            public LimitScope scope() {
                return LimitScope.LOCAL;
            }

            @Override
            public void advance(Duration by) {
                time.advance(by);
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void at_the_bound_a_whole_bucket_that_was_long_unused_leaves_first() {
        take("a", 1);
        take("b", 2);
        ticker.advance(Duration.ofMillis(600));
        take("c", 1);

        take("d", 1);

        assertThat(small.size()).isEqualTo(3);
        assertThat(Remaining.of(take("b", 1))).isZero();
        assertThat(Remaining.of(take("c", 1))).isZero();
    }

    @Test
    void at_the_bound_one_with_something_left_leaves_before_one_that_is_at_its_limit() {
        take("a", 2);
        take("b", 1);
        take("c", 2);

        take("d", 1);

        assertThat(small.size()).isEqualTo(3);
        assertThat(take("a", 1)).isInstanceOf(Admission.Exhausted.class);
        assertThat(take("c", 1)).isInstanceOf(Admission.Exhausted.class);
        assertThat(Remaining.of(take("b", 1))).isEqualTo(1);
    }

    @Test
    void when_all_are_at_their_limit_the_longest_unused_leaves() {
        take("a", 2);
        take("b", 2);
        take("c", 2);
        take("a", 1);

        take("d", 2);

        assertThat(small.size()).isEqualTo(3);
        assertThat(take("a", 1)).isInstanceOf(Admission.Exhausted.class);
        assertThat(Remaining.of(take("b", 2))).isZero();
    }

    @Test
    void what_is_refused_from_the_beginning_is_not_remembered() {
        take("a", 3);

        assertThat(small.size()).isZero();
    }

    @Test
    void limits_are_bounded_each_and_forgotten_together() {
        var other = RateLimit.of(LimitAlgorithm.FIXED, 5, Duration.ofSeconds(1), LimitScope.LOCAL);
        for (var i = 0; i < 5; i++) {
            take("a" + i, 2);
            small.take(List.of(new Charge("b" + i, other, 5)));
        }
        assertThat(small.size()).isEqualTo(6);

        small.keepOnly(List.of(other));

        assertThat(small.size()).isEqualTo(3);
        assertThat(Remaining.of(take("a4", 2))).isZero();
        assertThat(small.take(List.of(new Charge("b4", other, 5)))).isInstanceOf(Admission.Exhausted.class);
    }

    @Test
    void full_buckets_do_not_pile_up() {
        var limiter = new LocalRateLimiter(ticker);

        for (var i = 0; i < 20_000; i++) {
            limiter.take(List.of(new Charge("owner " + i, LIMIT, 1)));
            ticker.advance(Duration.ofMillis(1));
        }

        assertThat(limiter.size()).isLessThan(2_000);
    }

    private Admission take(String owner, long cost) {
        return small.take(List.of(new Charge(owner, LIMIT, cost)));
    }
}
