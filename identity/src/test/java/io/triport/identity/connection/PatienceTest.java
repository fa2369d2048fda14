package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.ByteSize;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PatienceTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100000\r\n\r\n";
    private static final String TIMED_OUT = "HTTP/1.1 408 Request Timeout";

    private final Wire wire = new Wire();

    @AfterEach
    void nothing_leaks() {
        wire.close();
    }

    @Test
    void a_silent_connection_is_closed_after_ten_seconds() {
        assertThat(wire.after(Duration.ofMillis(9_999)).open()).isTrue();

        assertThat(wire.after(Duration.ofMillis(1)).open()).isFalse();
        assertThat(wire.replies()).isEmpty();
    }

    @Test
    void a_head_has_ten_seconds_from_its_first_byte_however_it_trickles() {
        wire.after(Duration.ofSeconds(9)).sends("G");
        for (var i = 0; i < 9; i++) {
            wire.after(Duration.ofSeconds(1)).sends("E");
        }
        assertThat(wire.open()).isTrue();

        wire.after(Duration.ofSeconds(1));

        assertThat(wire.statusLines()).containsExactly(TIMED_OUT);
        assertThat(wire.open()).isFalse();
    }

    @Test
    void the_head_of_a_later_request_has_ten_seconds_too() {
        wire.sends(GET).after(Duration.ofSeconds(59)).sends("GET");
        assertThat(wire.after(Duration.ofMillis(9_999)).open()).isTrue();

        wire.after(Duration.ofMillis(1));

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 200 OK", TIMED_OUT);
    }

    @Test
    void a_kept_connection_is_closed_after_sixty_idle_seconds() {
        wire.sends(GET).after(Duration.ofSeconds(59)).sends(GET).after(Duration.ofMillis(59_999));
        assertThat(wire.open()).isTrue();

        assertThat(wire.after(Duration.ofMillis(1)).open()).isFalse();
        assertThat(wire.statusLines()).hasSize(2).containsOnly("HTTP/1.1 200 OK");
    }

    @Test
    void the_time_an_answer_takes_is_the_apps() {
        wire.app.answersAtOnce = false;

        wire.sends(GET).after(Duration.ofMinutes(10));

        assertThat(wire.open()).isTrue();
    }

    @Test
    void fifteen_seconds_without_a_byte_of_the_body_are_too_long() {
        wire.sends(POST).after(Duration.ofSeconds(1)).sends("a".repeat(50_000));
        assertThat(wire.after(Duration.ofMillis(14_999)).open()).isTrue();

        wire.after(Duration.ofMillis(1));

        assertThat(wire.statusLines()).containsExactly(TIMED_OUT);
        assertThat(wire.open()).isFalse();
    }

    @Test
    void a_body_of_less_than_240_bytes_a_second_is_too_slow_after_ten() {
        wire.sends(POST);
        for (var i = 0; i < 10; i++) {
            assertThat(wire.open()).isTrue();
            wire.after(Duration.ofSeconds(1)).sends("a".repeat(239));
        }

        assertThat(wire.statusLines()).containsExactly(TIMED_OUT);
    }

    @Test
    void another_rate_may_be_wanted_and_what_is_faster_is_fast_enough() {
        var pace = Wire.LIMITS.pace();
        var wanted = new EdgeLimits.Pace(pace.whole(), pace.idle(), ByteSize.ofBytes(1_000), pace.grace());
        try (var slow = new Wire(paced(wanted));
                var fast = new Wire(paced(wanted))) {
            slow.sends(POST);
            fast.sends(POST);
            for (var i = 0; i < 11; i++) {
                slow.after(Duration.ofSeconds(1)).sends("a".repeat(900));
                fast.after(Duration.ofSeconds(1)).sends("a".repeat(1_300));
            }

            assertThat(slow.statusLines()).containsExactly(TIMED_OUT);
            assertThat(fast.statusLines()).isEmpty();
        }
    }

    private static EdgeLimits paced(EdgeLimits.Pace pace) {
        var usual = Wire.LIMITS;
        return new EdgeLimits(usual.head(), usual.body(), usual.patience(), pace, usual.connections(), usual.work());
    }

    @Test
    void a_body_above_240_bytes_a_second_is_fast_enough_until_the_whole_takes_too_long() {
        wire.sends(POST);
        for (var i = 0; i < 31; i++) {
            wire.after(Duration.ofSeconds(1)).sends("a".repeat(270));
        }
        assertThat(wire.open()).isTrue();

        wire.after(Duration.ofSeconds(1));

        assertThat(wire.statusLines()).containsExactly(TIMED_OUT);
    }

    @Test
    void time_in_which_the_app_reads_nothing_is_not_the_clients() {
        wire.socket.config().setAutoRead(false);
        wire.sends(POST);

        wire.after(Duration.ofMinutes(10)).sends("a");

        assertThat(wire.replies()).isEmpty();
        assertThat(wire.open()).isTrue();
    }

    @Test
    void the_whole_of_a_body_has_thirty_seconds_and_one_for_each_64_kib_of_the_limit() {
        assertThat(EdgeLimits.Pace.collecting(ByteSize.ofBytes(131_072)).whole())
                .isEqualTo(Duration.ofSeconds(32));
        assertThat(EdgeLimits.Pace.collecting(ByteSize.ofBytes(131_073)).whole())
                .isEqualTo(Duration.ofSeconds(33));
    }

    @Test
    void a_body_too_slow_behind_its_reply_only_ends_the_connection() {
        wire.app.answersEarly = true;
        wire.sends(POST).after(Duration.ofSeconds(15));

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 200 OK");
        assertThat(wire.open()).isFalse();
    }

    @Test
    void a_reply_that_the_client_does_not_take_for_thirty_seconds_resets() {
        wire.socket.stalled = true;
        wire.sends(GET);
        assertThat(wire.after(Duration.ofMillis(29_999)).open()).isTrue();

        assertThat(wire.after(Duration.ofMillis(1)).open()).isFalse();
    }

    @Test
    void a_reply_taken_in_time_does_not_reset() {
        wire.socket.stalled = true;
        wire.sends(GET).after(Duration.ofSeconds(29));
        wire.socket.stalled = false;
        wire.socket.flush();

        wire.after(Duration.ofSeconds(5)).sends(GET);

        assertThat(wire.statusLines()).hasSize(2);
        assertThat(wire.open()).isTrue();
    }

    @Test
    void the_thousandth_reply_is_the_last() {
        for (var i = 0; i < 999; i++) {
            wire.sends(GET);
        }
        assertThat(wire.replies()).doesNotContainIgnoringCase("connection: close");

        assertThat(wire.sends(GET).replies()).containsIgnoringCase("connection: close");
        assertThat(wire.open()).isFalse();
    }

    @Test
    void a_client_that_keeps_talking_after_the_end_is_not_listened_to() {
        wire.sends(GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        assertThat(wire.open()).isFalse();

        wire.sends(GET);

        assertThat(wire.app.seen).hasSize(1);
    }
}
