package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AdaptiveLimitTest {
    private final TestTicker ticker = new TestTicker();
    private final AdaptiveLimit limit = new AdaptiveLimit(EdgeLimits.Work.DEFAULTS, ticker);

    @Test
    void starts_at_sixty_four() {
        assertThat(limit.now()).isEqualTo(64);
    }

    @Test
    void grows_to_its_most_while_latency_stays_usual() {
        run(Duration.ofMinutes(5), 1);

        assertThat(limit.now()).isEqualTo(1024);
    }

    @Test
    void shrinks_to_its_least_while_latency_is_far_above_the_usual() {
        run(Duration.ofSeconds(10), 1);

        run(Duration.ofSeconds(20), 1000);

        assertThat(limit.now()).isEqualTo(8);
    }

    @Test
    void grows_again_when_the_overload_is_over() {
        run(Duration.ofSeconds(10), 1);
        run(Duration.ofSeconds(20), 1000);

        run(Duration.ofSeconds(20), 1);

        assertThat(limit.now()).isGreaterThan(64);
    }

    @Test
    void latency_up_to_twice_the_usual_is_taken_for_noise() {
        run(Duration.ofSeconds(10), 100);
        var before = limit.now();

        run(Duration.ofSeconds(2), 180);

        assertThat(limit.now()).isGreaterThan(before);
    }

    @Test
    void answers_sooner_than_a_request_may_wait_shrink_nothing() {
        run(Duration.ofSeconds(10), 1);

        run(Duration.ofSeconds(2), 50);

        assertThat(limit.now()).isEqualTo(1024);
    }

    @Test
    void far_from_overload_two_windows_double_it() {
        run(Duration.ofMillis(200), 24);

        assertThat(limit.now()).isEqualTo(144);
    }

    @Test
    void near_overload_it_grows_slowly() {
        run(Duration.ofMillis(200), 26);

        assertThat(limit.now()).isEqualTo(65);
    }

    @Test
    void a_limit_that_is_not_half_used_says_nothing() {
        for (var i = 0; i < 1000; i++) {
            ticker.advance(Duration.ofMillis(10));
            limit.answered(Duration.ofMillis(1).toNanos(), 31);
        }

        assertThat(limit.now()).isEqualTo(64);
    }

    @Test
    void settles_where_a_server_of_fixed_capacity_is_just_busy() {
        // Forty at a time take 100 ms each; whoever comes on top waits in proportion.
        for (var i = 0; i < 3000; i++) {
            runWindow(Math.max(100, 100L * limit.now() / 40));
        }

        assertThat(limit.now()).isBetween(40, 160);
    }

    @Test
    void a_server_that_became_slower_for_good_is_not_held_at_the_least_for_ever() {
        run(Duration.ofSeconds(10), 20);

        run(Duration.ofMinutes(10), 100);

        assertThat(limit.now()).isGreaterThan(64);
    }

    private void run(Duration time, long latencyMillis) {
        for (var windows = time.toMillis() / 100; windows > 0; windows--) {
            runWindow(latencyMillis);
        }
    }

    private void runWindow(long latencyMillis) {
        for (var i = 0; i < 16; i++) {
            limit.answered(Duration.ofMillis(latencyMillis).toNanos(), limit.now());
        }
        ticker.advance(Duration.ofMillis(100));
        limit.answered(Duration.ofMillis(latencyMillis).toNanos(), limit.now());
    }
}
