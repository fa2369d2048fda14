package io.triport.domain.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FirstByteDeadlineTest {
    private final SettableTicker ticker = new SettableTicker();
    private final FirstByteDeadline deadline = new FirstByteDeadline(FirstByteDeadline.USUAL, ticker);

    @Test
    void a_wait_is_ended_when_its_time_has_come_and_not_before() {
        assertThat(interrupted(Duration.ofMillis(99_999))).isFalse();
        assertThatThrownBy(() -> deadline.within(() -> {
                    lookAfter(FirstByteDeadline.USUAL);
                    throw new IllegalStateException("interrupted");
                }))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_answer_that_comes_too_late_is_an_answer() {
        assertThat(interrupted(FirstByteDeadline.USUAL)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_interrupt_of_somebody_else_stays() {
        Thread.currentThread().interrupt();

        assertThat(interrupted(FirstByteDeadline.USUAL)).isTrue();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void what_fails_in_time_fails_as_it_is() {
        assertThatThrownBy(() -> deadline.within(() -> {
                    throw new IllegalStateException("own");
                }))
                .hasMessage("own");
    }

    @Test
    void nobody_waits_for_no_time() {
        assertThatThrownBy(() -> new FirstByteDeadline(Duration.ZERO, ticker))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private boolean interrupted(Duration after) {
        return deadline.within(() -> {
            lookAfter(after);
            return Thread.currentThread().isInterrupted();
        });
    }

    private void lookAfter(Duration passed) {
        ticker.advance(passed);
        deadline.look();
    }
}
