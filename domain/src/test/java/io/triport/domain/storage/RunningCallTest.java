package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a call is due that has bytes to move. */
final class RunningCallTest {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final int PIECE = 64 * 1024;

    private final SettableTicker ticker = new SettableTicker();
    private final CallDeadlines deadlines = new CallDeadlines(MOST, ticker);
    private final RunningCall call = new RunningCall(
            deadlines, new TestGrants(SettableClock.anywhere()).ofEverything().storeWait(), ticker.nanos());

    @Test
    void a_call_is_due_at_its_deadline() {
        assertThat(dueAfter(MOST.minusNanos(1))).isFalse();
        assertThat(dueAfter(Duration.ofNanos(1))).isTrue();
    }

    @Test
    void a_store_is_not_to_blame_for_a_client_that_sends_nothing() {
        call.asked(1);

        assertThat(dueAfter(MOST.multipliedBy(10))).isFalse();
    }

    @Test
    void each_piece_begins_the_deadline_anew() {
        for (var piece = 0; piece < 10; piece++) {
            call.asked(1);
            assertThat(dueAfter(MOST)).isFalse();
            call.came(PIECE);
        }

        assertThat(dueAfter(MOST.minusNanos(1))).isFalse();
    }

    @Test
    void a_store_that_does_nothing_with_a_piece_hangs() {
        call.asked(1);
        call.came(PIECE);

        assertThat(dueAfter(MOST.plusSeconds(1))).isTrue();
    }

    @Test
    void a_store_that_has_asked_for_more_than_came_still_waits_for_its_client() {
        call.asked(Long.MAX_VALUE);
        call.came(PIECE);
        call.asked(Long.MAX_VALUE);

        assertThat(dueAfter(MOST.multipliedBy(10))).isFalse();
    }

    @Test
    void behind_the_last_piece_the_deadline_counts_again() {
        call.asked(1);
        ticker.advance(MOST.multipliedBy(2));
        call.ended();

        assertThat(dueAfter(MOST.minusNanos(1))).isFalse();
        assertThat(dueAfter(Duration.ofNanos(1))).isTrue();
    }

    @Test
    void what_the_store_has_to_lay_down_gives_it_a_second_for_each_4_mib() {
        call.asked(1);
        call.came(400 * 1024 * 1024);

        assertThat(dueAfter(MOST.plusSeconds(99))).isFalse();
        assertThat(dueAfter(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void what_the_store_moves_by_itself_does_too() {
        call.moving(40 * 1024 * 1024);

        assertThat(dueAfter(MOST.plusSeconds(9))).isFalse();
        assertThat(dueAfter(Duration.ofSeconds(1))).isTrue();
    }

    private boolean dueAfter(Duration time) {
        ticker.advance(time);
        return call.due(ticker.nanos());
    }
}
