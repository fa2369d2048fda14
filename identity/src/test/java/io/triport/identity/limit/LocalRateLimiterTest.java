package io.triport.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.testkit.RateLimiterContract;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalRateLimiterTest extends RateLimiterContract {
    private static final RateLimit LIMIT = new RateLimit(2, Duration.ofSeconds(1), 2, LimitScope.LOCAL);

    private final SettableTicker ticker = new SettableTicker();
    private final LocalRateLimiter small = new LocalRateLimiter(ticker, 3);

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
    void at_the_bound_a_new_owner_is_refused_until_a_bucket_is_full() {
        take("a", 2);
        take("b", 2);
        take("c", 1);

        var refused = (Admission.Exhausted) take("d", 1);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(500));
        ticker.advance(refused.retryAfter());

        assertThat(take("d", 1)).isEqualTo(new Admission.Taken(1));
        assertThat(small.size()).isEqualTo(3);
    }

    @Test
    void at_the_bound_nobody_gets_back_what_was_taken() {
        take("a", 2);
        take("b", 2);
        take("c", 1);
        ticker.advance(Duration.ofMillis(500));
        take("d", 1);

        assertThat(take("a", 2)).isInstanceOf(Admission.Exhausted.class);
        assertThat(take("b", 2)).isInstanceOf(Admission.Exhausted.class);
        assertThat(take("a", 1)).isEqualTo(new Admission.Taken(0));
    }

    @Test
    void owners_that_have_a_bucket_are_served_at_the_bound() {
        take("a", 1);
        take("b", 1);
        take("c", 1);
        take("d", 1);

        assertThat(take("a", 1)).isEqualTo(new Admission.Taken(0));
    }

    @Test
    void full_buckets_do_not_pile_up() {
        var limiter = new LocalRateLimiter(ticker);

        for (var i = 0; i < 20_000; i++) {
            limiter.take(List.of(new Charge("owner " + i, LIMIT, 1)));
            ticker.advance(Duration.ofMillis(1));
        }

        assertThat(limiter.size()).isLessThan(3_000);
    }

    @Test
    void a_cost_above_the_burst_is_refused_with_a_wait_that_can_be_told() {
        assertThat(take("a", 3)).isEqualTo(new Admission.Exhausted(LIMIT, Duration.ofSeconds(1)));
    }

    @Test
    void what_is_given_back_can_be_taken_again_and_no_more() {
        take("a", 2);

        small.giveBack(List.of(new Charge("a", LIMIT, 1)));

        assertThat(take("a", 1)).isEqualTo(new Admission.Taken(0));
        assertThat(take("a", 1)).isInstanceOf(Admission.Exhausted.class);
    }

    private Admission take(String owner, long cost) {
        return small.take(List.of(new Charge(owner, LIMIT, cost)));
    }
}
