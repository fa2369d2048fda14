package io.triport.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RetryBudgetTest {
    private final SettableTicker ticker = new SettableTicker();
    private final RetryBudget budget = new RetryBudget(20, ticker);

    @Test
    void a_fifth_of_the_requests_may_be_repeated() {
        request(100);

        assertThat(taken(50)).isEqualTo(20);
    }

    @Test
    void the_share_is_rounded_up() {
        assertThat(taken(1)).isZero();
        request(1);
        assertThat(taken(2)).isEqualTo(1);
        request(5);
        assertThat(taken(2)).isEqualTo(1);
    }

    @Test
    void requests_and_repeats_of_more_than_ten_seconds_ago_are_forgotten() {
        request(100);
        taken(20);
        ticker.advance(Duration.ofSeconds(9));
        assertThat(taken(1)).isZero();
        request(10);

        ticker.advance(Duration.ofSeconds(1));

        assertThat(taken(5)).isEqualTo(2);
        ticker.advance(Duration.ofMinutes(10));
        assertThat(taken(1)).isZero();
    }

    @Test
    void of_many_at_once_no_more_than_the_share_are_repeated() {
        request(200);

        var taken = AtOnce.run(16, caller -> () -> taken(10));

        assertThat(taken.stream().mapToLong(Long::longValue).sum()).isEqualTo(40);
    }

    @Test
    void a_share_is_a_percentage() {
        assertThatThrownBy(() -> new RetryBudget(101, ticker)).hasMessageStartingWith("percent: 101");
        assertThatThrownBy(() -> new RetryBudget(-1, ticker)).hasMessageStartingWith("percent: -1");
    }

    private void request(int times) {
        IntStream.range(0, times).forEach(i -> budget.requested());
    }

    private long taken(int times) {
        return IntStream.range(0, times).filter(i -> budget.take()).count();
    }
}
