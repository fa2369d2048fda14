package io.triport.domain.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class TokenBudgetsTest {
    private static final Spender ANN = new Spender("ann");

    private final SettableTicker ticker = new SettableTicker();
    private final TokenBudgets budgets = new TokenBudgets(new TokenBudget(100, 250), ticker);

    @Test
    void no_minute_has_more_than_its_budget_wherever_it_begins() {
        budgets.charge(ANN, 60);
        ticker.advance(Duration.ofSeconds(30));
        budgets.charge(ANN, 40);

        ticker.advance(Duration.ofSeconds(29));
        assertThat(waitFor(1)).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));

        ticker.advance(waitFor(60));
        budgets.charge(ANN, 60);
        assertThat(waitFor(1)).isGreaterThan(Duration.ofSeconds(25));
    }

    @Test
    void a_day_has_its_own_budget() {
        for (var minute = 0; minute < 2; minute++) {
            budgets.charge(ANN, 100);
            ticker.advance(Duration.ofMinutes(2));
        }

        assertThat(waitFor(51)).isGreaterThan(Duration.ofHours(23));
        budgets.charge(ANN, 50);
        ticker.advance(waitFor(100));
        budgets.charge(ANN, 100);
    }

    @Test
    void what_was_used_takes_the_place_of_what_was_estimated_once() {
        var charge = budgets.charge(ANN, 100);

        assertThat(charge.settle(30)).isTrue();
        assertThat(charge.settle(90)).isFalse();
        charge.refund();

        assertThat(waitFor(71)).isPositive();
        budgets.charge(ANN, 70);
    }

    @Test
    void what_was_used_beyond_the_budget_is_waited_for() {
        budgets.charge(ANN, 10).settle(300);

        assertThat(waitFor(1)).isGreaterThan(Duration.ofHours(23));
    }

    @Test
    void a_call_that_ends_behind_its_window_takes_nothing_from_the_next_one() {
        var charge = budgets.charge(ANN, 100);
        ticker.advance(Duration.ofMinutes(5));
        budgets.charge(ANN, 100);

        charge.settle(0);

        assertThat(waitFor(1)).isPositive();
        assertThat(waitFor(1)).isLessThan(Duration.ofMinutes(2));
    }

    private Duration waitFor(long tokens) {
        var wait = new AtomicReference<>(Duration.ZERO);
        assertThatThrownBy(() -> budgets.charge(ANN, tokens))
                .isInstanceOfSatisfying(StorageFailure.LimitExceeded.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.THROTTLED);
                    wait.set(e.retryAfter().orElseThrow());
                });
        return wait.get();
    }
}
