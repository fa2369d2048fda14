package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

final class RegisterHistoryTest {
    private final RegisterHistory history = new RegisterHistory();

    @Test
    void reads_of_what_was_written_last_have_an_order() {
        history.record(() -> saw(RegisterHistory.ABSENT));
        history.record(() -> wrote(1));
        history.record(() -> saw(1));
        history.record(() -> wrote(2));
        history.record(() -> saw(2));

        assertThat(history.linearizable()).isTrue();
    }

    @Test
    void a_read_of_what_was_written_before_the_last_write_has_none() {
        history.record(() -> wrote(1));
        history.record(() -> wrote(2));
        history.record(() -> saw(1));

        assertThat(history.linearizable()).isFalse();
    }

    @Test
    void a_write_of_unknown_outcome_may_have_happened_at_any_later_time_or_never() {
        history.attempt(() -> new RegisterHistory.Attempt(RegisterHistory.Outcome.UNKNOWN, wrote(1)));
        history.record(() -> saw(RegisterHistory.ABSENT));
        assertThat(history.linearizable()).isTrue();

        history.record(() -> saw(1));
        assertThat(history.linearizable()).isTrue();

        history.record(() -> saw(RegisterHistory.ABSENT));
        assertThat(history.linearizable()).isFalse();
    }

    @Test
    void a_write_that_did_not_happen_is_seen_by_nobody() {
        history.attempt(() -> new RegisterHistory.Attempt(RegisterHistory.Outcome.NOTHING, wrote(1)));
        assertThat(history.linearizable()).isTrue();

        history.record(() -> saw(1));
        assertThat(history.linearizable()).isFalse();
    }

    @Test
    void a_lost_write_has_none() {
        history.record(() -> wrote(1));
        history.record(() -> saw(RegisterHistory.ABSENT));

        assertThat(history.linearizable()).isFalse();
    }

    @Test
    void a_read_during_a_write_may_see_either_and_never_goes_back() {
        history.record(() -> {
            history.record(() -> saw(RegisterHistory.ABSENT));
            history.record(() -> saw(1));
            return wrote(1);
        });
        assertThat(history.linearizable()).isTrue();

        history.record(() -> {
            history.record(() -> saw(2));
            history.record(() -> saw(1));
            return wrote(2);
        });
        assertThat(history.linearizable()).isFalse();
    }

    private static IntUnaryOperator wrote(int value) {
        return before -> value;
    }

    private static IntUnaryOperator saw(int value) {
        return before -> before == value ? before : RegisterHistory.IMPOSSIBLE;
    }
}
