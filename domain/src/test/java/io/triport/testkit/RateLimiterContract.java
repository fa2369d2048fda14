package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every counter of what callers take promises. */
public abstract class RateLimiterContract {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Fixture fixture;

    /** What an adapter gives the contract. */
    public interface Fixture extends AutoCloseable {
        RateLimiter limiter();

        LimitScope scope();

        /** Moves the time that refills buckets; it stands still otherwise. */
        void advance(Duration by);

        @Override
        void close();
    }

    /** A fixture over buckets of its own; the contract closes it. */
    protected abstract Fixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_bucket_begins_full_and_gives_its_burst() {
        var limit = limit(10, SECOND, 15);

        var taken = IntStream.range(0, 15)
                .mapToObj(i -> take(new Charge("a", limit, 1)))
                .toList();

        assertThat(taken).allSatisfy(admission -> assertThat(admission).isInstanceOf(Admission.Taken.class));
        assertThat(Remaining.of(taken.getFirst())).isEqualTo(14);
        assertThat(Remaining.of(taken.getLast())).isEqualTo(0);
        assertThat(take(new Charge("a", limit, 1))).isInstanceOf(Admission.Exhausted.class);
    }

    @Test
    void an_exhausted_bucket_tells_its_limit_and_when_to_come_back() {
        var limit = limit(10, SECOND, 10);
        take(new Charge("a", limit, 10));

        var exhausted = (Admission.Exhausted) take(new Charge("a", limit, 5));

        assertThat(exhausted.limit()).isEqualTo(limit);
        assertThat(exhausted.retryAfter()).isBetween(Duration.ofMillis(499), Duration.ofMillis(501));
        fixture.advance(exhausted.retryAfter().plusMillis(1));
        assertThat(take(new Charge("a", limit, 5))).isInstanceOf(Admission.Taken.class);
    }

    @Test
    void a_bucket_refills_evenly_and_not_above_its_burst() {
        var limit = limit(10, SECOND, 20);
        take(new Charge("a", limit, 20));

        fixture.advance(Duration.ofMillis(300));
        assertThat(take(new Charge("a", limit, 3))).isInstanceOf(Admission.Taken.class);
        assertThat(take(new Charge("a", limit, 1))).isInstanceOf(Admission.Exhausted.class);
        fixture.advance(Duration.ofHours(1));

        assertThat(take(new Charge("a", limit, 20))).isInstanceOf(Admission.Taken.class);
        assertThat(take(new Charge("a", limit, 1))).isInstanceOf(Admission.Exhausted.class);
    }

    @Test
    void charges_are_taken_all_or_none() {
        var wide = limit(100, SECOND, 100);
        var narrow = limit(2, SECOND, 2);
        var both = List.of(new Charge("wide", wide, 10), new Charge("narrow", narrow, 1));

        assertThat(Remaining.of(fixture.limiter().take(both))).isEqualTo(1);
        assertThat(Remaining.of(fixture.limiter().take(both))).isEqualTo(0);
        var third = fixture.limiter().take(both);

        assertThat(third)
                .isInstanceOfSatisfying(
                        Admission.Exhausted.class,
                        exhausted -> assertThat(exhausted.limit()).isEqualTo(narrow));
        assertThat(Remaining.of(take(new Charge("wide", wide, 80)))).isEqualTo(0);
    }

    @Test
    void what_was_refused_costs_nothing() {
        var limit = limit(10, SECOND, 10);

        assertThat(take(new Charge("a", limit, 7))).isInstanceOf(Admission.Taken.class);
        assertThat(take(new Charge("a", limit, 4))).isInstanceOf(Admission.Exhausted.class);

        assertThat(Remaining.of(take(new Charge("a", limit, 3)))).isEqualTo(0);
    }

    @Test
    void buckets_of_different_keys_know_nothing_of_each_other() {
        var limit = limit(1, SECOND, 1);

        assertThat(take(new Charge("a", limit, 1))).isInstanceOf(Admission.Taken.class);
        assertThat(take(new Charge("b", limit, 1))).isInstanceOf(Admission.Taken.class);
        assertThat(take(new Charge("a", limit, 1))).isInstanceOf(Admission.Exhausted.class);
    }

    @Test
    void of_many_at_once_exactly_as_many_succeed_as_there_is_room_for() {
        var limit = limit(40, Duration.ofMinutes(1), 40);

        var admissions = AtOnce.run(
                        16,
                        number -> () -> IntStream.range(0, 10)
                                .mapToObj(i -> take(new Charge("a", limit, 1)))
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(admissions).hasSize(160);
        assertThat(admissions).filteredOn(Admission.Taken.class::isInstance).hasSize(40);
    }

    @Test
    void of_many_at_once_no_charge_is_taken_in_part() {
        var wide = limit(1_000, Duration.ofMinutes(1), 1_000);
        var narrow = limit(30, Duration.ofMinutes(1), 30);

        var taken = AtOnce.run(
                        8,
                        number -> () -> IntStream.range(0, 10)
                                .mapToObj(i -> number % 2 == 0
                                        ? List.of(new Charge("wide", wide, 1), new Charge("narrow", narrow, 1))
                                        : List.of(new Charge("narrow", narrow, 1), new Charge("wide", wide, 1)))
                                .map(fixture.limiter()::take)
                                .filter(Admission.Taken.class::isInstance)
                                .count())
                .stream()
                .mapToLong(Long::longValue)
                .sum();

        assertThat(taken).isEqualTo(30);
        assertThat(Remaining.of(take(new Charge("wide", wide, 970)))).isEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource
    void every_algorithm_gives_its_limit_once_and_all_of_it_again_after_a_rest(LimitAlgorithm algorithm) {
        var limit = RateLimit.of(algorithm, 7, SECOND, fixture.scope());

        for (var round = 0; round < 3; round++) {
            for (var left = 6; left >= 0; left--) {
                assertThat(Remaining.of(take(new Charge("a", limit, 1)))).isEqualTo(left);
            }
            assertThat(take(new Charge("a", limit, 1))).isInstanceOf(Admission.Exhausted.class);
            fixture.advance(SECOND.multipliedBy(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_request_that_is_repeated_when_it_was_told_to_succeeds(LimitAlgorithm algorithm) {
        var limit = RateLimit.of(algorithm, 10, Duration.ofSeconds(6), fixture.scope());
        for (var i = 0; i < 5; i++) {
            take(new Charge("a", limit, 2));
            fixture.advance(Duration.ofMillis(70));
        }

        for (var cost = 1; cost <= 10; cost++) {
            var charge = new Charge("a", limit, cost);
            if (take(charge) instanceof Admission.Exhausted exhausted) {
                assertThat(exhausted.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofMillis(6_101));
                fixture.advance(exhausted.retryAfter().plusMillis(1));
                assertThat(take(charge)).isInstanceOf(Admission.Taken.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_algorithm_takes_for_what_it_refuses(LimitAlgorithm algorithm) {
        var limit = RateLimit.of(algorithm, 10, SECOND, fixture.scope());
        take(new Charge("a", limit, 7));

        assertThat(take(new Charge("a", limit, 4))).isInstanceOf(Admission.Exhausted.class);

        assertThat(Remaining.of(take(new Charge("a", limit, 3)))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void of_many_at_once_every_algorithm_admits_its_limit(LimitAlgorithm algorithm) {
        var limit = RateLimit.of(algorithm, 25, Duration.ofMinutes(10), fixture.scope());

        var admissions = AtOnce.run(50, caller -> () -> take(new Charge("a", limit, 1)));

        assertThat(admissions).filteredOn(Admission.Taken.class::isInstance).hasSize(25);
    }

    @Test
    void a_cost_above_the_burst_never_fits_and_is_told_to_come_back_after_the_window() {
        var limit = limit(10, SECOND, 10);

        var exhausted = (Admission.Exhausted) take(new Charge("a", limit, 11));

        assertThat(exhausted.retryAfter()).isEqualTo(SECOND);
    }

    @Test
    void each_charge_is_told_how_its_limit_stands() {
        var wide = limit(100, SECOND, 100);
        var narrow = limit(2, SECOND, 2);

        var taken = fixture.limiter().take(List.of(new Charge("w", wide, 10), new Charge("n", narrow, 2)));
        var refused = fixture.limiter().take(List.of(new Charge("w", wide, 10), new Charge("n", narrow, 1)));

        assertThat(taken.standings()).extracting(Admission.Standing::limit).containsExactly(wide, narrow);
        assertThat(taken.standings()).extracting(Admission.Standing::remaining).containsExactly(90L, 0L);
        assertThat(taken.standings().getFirst().wholeAfter()).isBetween(Duration.ofMillis(99), Duration.ofMillis(101));
        assertThat(taken.standings().getLast().wholeAfter()).isBetween(Duration.ofMillis(999), Duration.ofMillis(1001));
        assertThat(refused.standings())
                .extracting(Admission.Standing::remaining)
                .containsExactly(90L, 0L);
    }

    @Test
    void of_several_exhausted_limits_the_one_that_needs_longest_says_when_to_come_back() {
        var slow = limit(1, Duration.ofSeconds(10), 1);
        var quick = limit(1, SECOND, 1);
        var both = List.of(new Charge("q", quick, 1), new Charge("s", slow, 1));
        fixture.limiter().take(both);

        var exhausted = (Admission.Exhausted) fixture.limiter().take(both);

        assertThat(exhausted.limit()).isEqualTo(slow);
        assertThat(exhausted.charge()).isEqualTo(1);
        fixture.advance(exhausted.retryAfter().plusMillis(1));
        assertThat(fixture.limiter().take(both)).isInstanceOf(Admission.Taken.class);
    }

    @Test
    void what_is_answered_without_waiting_is_taken_and_what_is_not_is_not() {
        var limit = limit(10, SECOND, 10);
        var charge = List.of(new Charge("a", limit, 4));

        var now = fixture.limiter().takeNow(charge);

        var left = Remaining.of(fixture.limiter().take(charge));
        assertThat(left).isEqualTo(now.isPresent() ? 2 : 6);
    }

    private Admission take(Charge charge) {
        return fixture.limiter().take(List.of(charge));
    }

    private RateLimit limit(long limit, Duration window, long burst) {
        return new RateLimit(limit, window, burst, fixture.scope());
    }
}
