package io.triport.gateway.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {
    private final SettableTicker ticker = new SettableTicker();
    private final EmbeddedChannel loop = frozen();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private final Heartbeat heartbeat =
            new Heartbeat(loop.eventLoop(), ticker, asked::incrementAndGet, gone::incrementAndGet);

    @Test
    void a_peer_that_says_something_is_not_asked() {
        for (var i = 0; i < 10; i++) {
            after(Duration.ofSeconds(9));
            heartbeat.heard();
        }

        assertThat(asked).hasValue(0);
    }

    @Test
    void a_peer_that_does_not_answer_within_five_seconds_is_gone() {
        after(Duration.ofSeconds(10));
        assertThat(asked).hasValue(1);

        after(Duration.ofSeconds(5));
        assertThat(gone).hasValue(0);

        after(Duration.ofMillis(10));
        assertThat(gone).hasValue(1);
        after(Duration.ofHours(1));
        assertThat(gone).hasValue(1);
    }

    @Test
    void an_answer_that_a_busy_loop_reads_late_counts() {
        after(Duration.ofSeconds(10));
        after(Duration.ofSeconds(5));

        heartbeat.answered();
        after(Duration.ofSeconds(1));

        assertThat(gone).hasValue(0);
        after(Duration.ofMinutes(5));
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_peer_that_answers_is_asked_again_after_five_minutes_of_the_same_silence() {
        after(Duration.ofSeconds(10));
        heartbeat.answered();
        after(Duration.ofSeconds(5));

        after(Duration.ofSeconds(294));
        assertThat(asked).hasValue(1);
        after(Duration.ofSeconds(1));

        assertThat(asked).hasValue(2);
        assertThat(gone).hasValue(0);
    }

    @Test
    void each_silence_has_a_first_question_of_its_own() {
        after(Duration.ofSeconds(10));
        heartbeat.heard();
        after(Duration.ofSeconds(5));

        after(Duration.ofSeconds(5));

        assertThat(asked).hasValue(2);
        assertThat(gone).hasValue(0);
    }

    @Test
    void nobody_is_asked_on_a_connection_that_has_ended() {
        heartbeat.stop();

        after(Duration.ofHours(1));

        assertThat(asked).hasValue(0);
    }

    private void after(Duration time) {
        ticker.advance(time);
        loop.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        loop.runPendingTasks();
    }

    private static EmbeddedChannel frozen() {
        var channel = new EmbeddedChannel();
        channel.freezeTime();
        return channel;
    }
}
