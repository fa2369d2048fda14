package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DrainTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

    private final Wire wire = new Wire();

    @AfterEach
    void nothing_leaks() {
        wire.close();
        assertThat(wire.drain.busy()).isZero();
    }

    @Test
    void from_the_beginning_of_the_drain_every_reply_closes() {
        wire.sends(GET);
        assertThat(wire.replies()).doesNotContainIgnoringCase("connection: close");

        wire.drain.begin();

        assertThat(wire.open()).isTrue();
        assertThat(wire.sends(GET).replies()).containsIgnoringCase("connection: close");
        assertThat(wire.open()).isFalse();
    }

    @Test
    void idle_connections_are_closed_when_nothing_came_for_a_second() throws InterruptedException {
        wire.sends(GET);
        wire.drain.begin();
        assertThat(wire.drain.await(Duration.ZERO)).isFalse();

        assertThat(wire.settled().after(Duration.ofMillis(999)).open()).isTrue();
        assertThat(wire.after(Duration.ofMillis(1)).open()).isFalse();
        assertThat(wire.drain.await(Duration.ZERO)).isTrue();
    }

    @Test
    void a_request_that_was_on_its_way_when_the_listener_closed_is_answered() throws InterruptedException {
        wire.drain.begin();
        wire.drain.await(Duration.ZERO);
        wire.settled().after(Duration.ofMillis(999));

        assertThat(wire.sends(GET).replies()).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
        assertThat(wire.open()).isFalse();
    }

    @Test
    void behind_a_reply_that_did_not_say_that_it_is_the_last_one_more_request_is_answered()
            throws InterruptedException {
        wire.socket.stalled = true;
        wire.sends(GET);
        wire.drain.begin();
        wire.drain.await(Duration.ZERO);
        wire.settled();
        wire.socket.stalled = false;
        wire.socket.flush();
        assertThat(wire.replies()).doesNotContainIgnoringCase("connection: close");

        assertThat(wire.sends(GET).replies()).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
        assertThat(wire.drain.await(Duration.ZERO)).isTrue();
    }

    @Test
    void a_request_whose_first_byte_came_is_waited_for_and_answered() throws InterruptedException {
        wire.sends("G");
        wire.drain.begin();
        assertThat(wire.drain.busy()).isEqualTo(1);
        assertThat(wire.drain.await(Duration.ZERO)).isFalse();

        wire.settled().sends(GET.substring(1));

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 200 OK");
        assertThat(wire.drain.await(Duration.ZERO)).isTrue();
    }

    @Test
    void a_reply_not_yet_taken_counts_as_in_flight() throws InterruptedException {
        wire.socket.stalled = true;
        wire.drain.begin();
        wire.sends(GET);
        assertThat(wire.drain.await(Duration.ZERO)).isFalse();
        wire.settled();

        wire.socket.stalled = false;
        wire.socket.flush();

        assertThat(wire.drain.await(Duration.ZERO)).isTrue();
        assertThat(wire.open()).isFalse();
    }

    @Test
    void a_refusal_of_our_own_counts_as_in_flight() {
        wire.socket.stalled = true;
        wire.sends("GET / HTTP/9.9\r\n");
        assertThat(wire.drain.busy()).isEqualTo(1);

        wire.socket.stalled = false;
        wire.socket.flush();

        assertThat(wire.drain.busy()).isZero();
    }

    @Test
    void a_connection_that_ends_before_it_hears_the_last_call_is_not_waited_for() throws InterruptedException {
        wire.drain.begin();
        wire.drain.await(Duration.ZERO);

        wire.socket.pipeline().fireChannelInactive();
        wire.settled();

        assertThat(wire.drain.await(Duration.ZERO)).isTrue();
    }

    @Test
    void it_knows_for_how_long_nobody_could_connect() throws InterruptedException {
        wire.drain.begin();
        assertThat(wire.drain.sinceClosing()).isZero();

        wire.drain.await(Duration.ZERO);
        wire.settled().after(Duration.ofMillis(300));

        assertThat(wire.drain.sinceClosing()).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void who_still_waits_when_time_is_up_is_told_so_and_nobody_else_is() throws InterruptedException {
        wire.app.answersAtOnce = false;
        wire.sends(GET);
        wire.drain.begin();
        wire.drain.await(Duration.ZERO);
        wire.settled();

        assertThat(wire.drain.end(Duration.ZERO)).isFalse();
        wire.settled();

        assertThat(wire.replies())
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 1", "Connection: close", "{\"code\":\"draining\"}");
        wire.app.answer();
        assertThat(wire.replies()).isEmpty();
        assertThat(wire.after(Duration.ofSeconds(1)).open()).isFalse();
        assertThat(wire.drain.end(Duration.ZERO)).isTrue();
    }

    @Test
    void a_connection_on_which_nothing_was_asked_is_closed_without_a_word_when_time_is_up()
            throws InterruptedException {
        wire.sends(GET);
        wire.replies();
        wire.drain.begin();
        wire.drain.await(Duration.ZERO);

        wire.drain.end(Duration.ZERO);
        wire.settled();

        assertThat(wire.replies()).isEmpty();
        assertThat(wire.open()).isFalse();
    }

    @Test
    void half_a_head_is_told_too_when_time_is_up() throws InterruptedException {
        wire.sends("GET / HTTP/1.1\r\nHost:");
        wire.drain.begin();
        wire.drain.await(Duration.ZERO);

        wire.drain.end(Duration.ZERO);
        wire.settled();

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 503 Service Unavailable");
    }

    @Test
    void the_waiter_wakes_with_the_last_reply() throws Exception {
        wire.app.answersAtOnce = false;
        wire.sends(GET);
        wire.drain.begin();
        wire.drain.await(Duration.ZERO);
        wire.settled();
        var done = new CompletableFuture<Boolean>();
        var waiter = Thread.ofVirtual().start(() -> {
            try {
                done.complete(wire.drain.await(Duration.ofMinutes(1)));
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
            }
        });

        wire.app.answer();

        assertThat(done.get(1, TimeUnit.MINUTES)).isTrue();
        waiter.join();
    }

    @Test
    void an_open_tunnel_is_not_waited_for() throws InterruptedException {
        wire.app.answersAtOnce = false;
        wire.sends(GET.replace("\r\n\r\n", "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"));
        wire.app.answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
        wire.settled();

        wire.drain.await(Duration.ZERO);
        wire.settled();

        assertThat(wire.drain.await(Duration.ZERO)).isTrue();
        assertThat(wire.open()).isTrue();
    }
}
