package io.triport.identity.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Secret;
import io.triport.domain.identity.WorkloadCredential;
import io.triport.domain.identity.WorkloadCredentials.Answer;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RenewalTest {
    private static final Duration LIFE = Duration.ofHours(1);
    /** No test waits for something that comes, so it need not be long. */
    private static final Duration PATIENCE = Duration.ofMillis(1);

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final AtomicInteger exchanges = new AtomicInteger();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private final List<ExchangeOutcome> outcomes = new ArrayList<>();

    private boolean broken;
    private boolean queueing;

    @Test
    void the_first_caller_gets_the_credential_of_the_first_exchange_and_later_ones_the_same() {
        var renewal = renewal();

        assertThat(number(renewal.answer())).isEqualTo(1);
        assertThat(number(renewal.answer())).isEqualTo(1);
        assertThat(exchanges).hasValue(1);
    }

    @Test
    void of_many_callers_at_once_one_starts_the_exchange_and_all_get_its_result() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var renewal = renewal(executor, Duration.ofSeconds(60), 1);

            var answers = AtOnce.run(16, caller -> renewal::answer);

            assertThat(answers).allMatch(answer -> number(answer) == 1);
            assertThat(exchanges).hasValue(1);
        }
    }

    @Test
    void a_renewal_starts_at_a_quarter_of_the_life_before_the_end_and_nobody_waits_for_it() {
        var renewal = renewal();
        renewal.answer();
        queueing = true;

        clock.advance(Duration.ofMinutes(43));
        renewal.answer();
        assertThat(waiting).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        assertThat(number(renewal.answer())).isEqualTo(1);
        assertThat(number(renewal.answer())).isEqualTo(1);
        assertThat(waiting).hasSize(1);
        waiting.remove().run();

        assertThat(number(renewal.answer())).isEqualTo(2);
    }

    @Test
    void near_the_end_a_caller_waits_but_takes_what_still_holds() {
        var renewal = renewal();
        renewal.answer();
        queueing = true;

        clock.advance(LIFE.minusSeconds(59));
        assertThat(number(renewal.answer())).isEqualTo(1);
        waiting.remove().run();

        assertThat(number(renewal.answer())).isEqualTo(2);
    }

    @Test
    void near_the_end_a_caller_gets_the_new_one_when_it_comes_in_time() {
        var renewal = renewal();
        renewal.answer();

        clock.advance(LIFE.minusSeconds(59));

        assertThat(number(renewal.answer())).isEqualTo(2);
    }

    @Test
    void what_has_ended_is_never_given() {
        var renewal = renewal();
        renewal.answer();
        queueing = true;

        clock.advance(LIFE);

        assertThat(renewal.answer()).isEqualTo(new Answer.Unavailable(Duration.ofSeconds(1), ""));
    }

    @Test
    void a_credential_goes_on_while_its_renewal_fails() {
        var renewal = renewal();
        renewal.answer();
        broken = true;

        clock.advance(LIFE.minusSeconds(1));
        assertThat(number(renewal.answer())).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(renewal.answer()).isInstanceOf(Answer.Unavailable.class);
        broken = false;
        ticker.advance(Duration.ofSeconds(60));

        assertThat(number(renewal.answer())).isEqualTo(3);
    }

    @Test
    void after_a_failure_there_is_a_pause_that_doubles_up_to_a_minute() {
        var renewal = renewal();
        broken = true;
        renewal.answer();

        for (var most : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            var attempts = exchanges.get();
            assertThat(renewal.answer())
                    .isInstanceOfSatisfying(
                            Answer.Unavailable.class,
                            away -> assertThat(away.retryAfter())
                                    .isBetween(Duration.ofSeconds(Math.max(1, most / 2)), Duration.ofSeconds(most)));
            assertThat(exchanges).hasValue(attempts);
            ticker.advance(Duration.ofSeconds(most));
            renewal.answer();
            assertThat(exchanges).hasValue(attempts + 1);
        }
    }

    @Test
    void by_the_rules_for_backends_the_last_minute_is_for_renewing_and_only_its_end_for_waiting() {
        var renewal = late();
        renewal.answer();
        queueing = true;

        clock.advance(LIFE.minusSeconds(61));
        renewal.answer();
        assertThat(waiting).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(number(renewal.answer())).isEqualTo(1);
        assertThat(number(renewal.answer())).isEqualTo(1);
        assertThat(waiting).hasSize(1);
        waiting.remove().run();

        assertThat(number(renewal.answer())).isEqualTo(2);
        assertThat(outcomes).containsOnly(ExchangeOutcome.EXCHANGED);
    }

    @Test
    void by_the_rules_for_backends_a_failure_is_remembered_for_five_seconds_with_its_code() {
        var renewal = late();
        broken = true;

        for (var attempt = 1; attempt <= 4; attempt++) {
            assertThat(renewal.answer()).isEqualTo(new Answer.Unavailable(Duration.ofSeconds(5), "AccessDenied"));
            ticker.advance(Duration.ofSeconds(5).minusNanos(1));
            renewal.answer();
            assertThat(exchanges).hasValue(attempt);
            ticker.advance(Duration.ofNanos(1));
        }
        assertThat(outcomes).containsOnly(ExchangeOutcome.REFUSED);
    }

    @Test
    void a_defect_in_an_exchange_is_a_failure_too() {
        var renewal = new Renewal(
                "target",
                () -> {
                    throw new IllegalStateException("a defect");
                },
                means(Runnable::run, PATIENCE, 1));

        assertThat(renewal.answer()).isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void without_callers_what_is_due_is_renewed_and_what_has_ended_is_forgotten() {
        var renewal = renewal();
        renewal.tend();
        assertThat(exchanges).hasValue(1);

        clock.advance(LIFE.minus(Duration.ofMinutes(10)));
        renewal.tend();
        assertThat(exchanges).hasValue(2);
        queueing = true;
        clock.advance(LIFE);
        renewal.tend();

        assertThat(renewal.answer()).isInstanceOf(Answer.Unavailable.class);
    }

    @Property(tries = 200)
    void whatever_the_life_a_renewal_starts_in_it_and_not_before_its_half(
            @ForAll @IntRange(min = 60, max = 43_200) int life) {
        var own = SettableClock.anywhere();
        var counted = new AtomicInteger();
        var renewal = new Renewal(
                "target",
                () -> {
                    counted.incrementAndGet();
                    return new WorkloadCredential.Bearer(Secret.of("t"), own.in(Duration.ofSeconds(life)));
                },
                new Renewal.Means(
                        own,
                        new SettableTicker(),
                        new SeededRandomness(life),
                        Runnable::run,
                        RenewalRules.EARLY.within(PATIENCE),
                        outcomes::add));
        renewal.answer();

        own.advance(Duration.ofSeconds(life / 2).minusSeconds(1));
        renewal.tend();
        assertThat(counted).hasValue(1);
        own.advance(Duration.ofSeconds(life).minus(Duration.ofSeconds(life / 2)));
        renewal.tend();

        assertThat(counted).hasValue(2);
    }

    private Renewal renewal() {
        return renewal(this::execute, PATIENCE, 7);
    }

    private Renewal renewal(Executor executor, Duration patience, long seed) {
        return new Renewal("target", this::exchange, means(executor, patience, seed));
    }

    private Renewal.Means means(Executor executor, Duration patience, long seed) {
        return means(executor, RenewalRules.EARLY.within(patience), seed);
    }

    private Renewal late() {
        return new Renewal("target", this::exchange, means(this::execute, RenewalRules.LATE.within(PATIENCE), 7));
    }

    private Renewal.Means means(Executor executor, RenewalRules rules, long seed) {
        return new Renewal.Means(clock, ticker, new SeededRandomness(seed), executor, rules, outcomes::add);
    }

    private void execute(Runnable work) {
        if (queueing) {
            waiting.add(work);
        } else {
            work.run();
        }
    }

    private WorkloadCredential exchange() {
        var number = exchanges.incrementAndGet();
        if (broken) {
            throw new ExchangeFailed("status 403", "AccessDenied");
        }
        return new WorkloadCredential.Bearer(Secret.of("x".repeat(number)), clock.in(LIFE));
    }

    /** Which exchange the credential came from. */
    private static int number(Answer answer) {
        return answer instanceof Answer.Held(WorkloadCredential.Bearer bearer)
                ? bearer.token().size()
                : 0;
    }
}
