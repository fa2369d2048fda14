package io.triport.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.triport.gateway.upstream.HealthJudge;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HealthCheckTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final HealthJudge judge = new HealthJudge(2, 2);
    private final Deque<Consumer<Boolean>> open = new ArrayDeque<>();
    private final HealthCheck check = new HealthCheck(
            "http://a", judge, Duration.ofSeconds(10), (loop, answer) -> open.add(answer), channel.eventLoop());

    @BeforeEach
    void start() {
        channel.freezeTime();
        check.start();
        channel.runPendingTasks();
    }

    @Test
    void it_asks_at_once_and_then_each_time_that_the_interval_is_over() {
        assertThat(open).hasSize(1);

        answer(true);
        pass(9_999);
        assertThat(open).isEmpty();
        pass(1);
        assertThat(open).hasSize(1);
    }

    @Test
    void it_asks_no_second_time_while_it_waits_for_an_answer() {
        pass(60_000);

        assertThat(open).hasSize(1);
    }

    @Test
    void wrong_answers_in_a_row_make_the_target_unhealthy_and_right_ones_heal_it() {
        answer(false);
        assertThat(judge.healthy()).isTrue();
        answerNext(false);
        assertThat(judge.healthy()).isFalse();
        answerNext(true);
        assertThat(judge.healthy()).isFalse();
        answerNext(true);
        assertThat(judge.healthy()).isTrue();
    }

    @Test
    void starting_it_again_asks_nothing() {
        check.start();
        channel.runPendingTasks();

        assertThat(open).hasSize(1);
    }

    @Test
    void when_it_is_closed_nothing_is_asked_and_a_late_answer_counts_no_more() {
        answer(false);
        pass(10_000);
        check.close();
        channel.runPendingTasks();

        answer(false);
        pass(60_000);

        assertThat(judge.healthy()).isTrue();
        assertThat(open).isEmpty();
    }

    @Test
    void closing_it_between_two_questions_takes_back_the_next() {
        answer(true);
        check.close();
        channel.runPendingTasks();
        pass(60_000);

        assertThat(open).isEmpty();
    }

    private void answerNext(boolean works) {
        pass(10_000);
        answer(works);
    }

    private void answer(boolean works) {
        open.remove().accept(works);
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }
}
