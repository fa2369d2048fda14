package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpServerCodec;
import io.triport.domain.request.ByteSize;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExchangeGuardTest {
    private static final String HOST = "Host: a.example\r\n";
    private static final String GET = "GET / HTTP/1.1\r\n" + HOST + "\r\n";
    private static final String POST = "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\n";
    private static final String SHED = "HTTP/1.1 503 Service Unavailable";
    private static final EdgeLimits ONE_PLACE = new EdgeLimits(
            EdgeLimits.Head.DEFAULTS,
            EdgeLimits.Body.DEFAULTS,
            EdgeLimits.Patience.DEFAULTS,
            EdgeLimits.Pace.collecting(ByteSize.ofKiB(128)),
            EdgeLimits.Connections.DEFAULTS,
            new EdgeLimits.Work(1, 1, 1, Duration.ofMillis(50)));

    private final TestTicker ticker = new TestTicker();
    private final Drain drain = new Drain(ticker);
    private final Places places = new Places(ONE_PLACE.work(), ticker);
    private final Wire first = wire();
    private final Wire second = wire();
    private final Wire third = wire();

    @AfterEach
    void nothing_leaks() {
        first.close();
        second.close();
        third.close();
        assertThat(places.taken()).isZero();
        assertThat(drain.busy()).isZero();
    }

    private Wire wire() {
        var wire = new Wire(ONE_PLACE, ticker, drain, places);
        wire.app.answersAtOnce = false;
        return wire;
    }

    @Test
    void a_place_is_held_until_the_answer() {
        first.sends(GET);
        assertThat(places.taken()).isEqualTo(1);

        first.app.answer();

        assertThat(places.taken()).isZero();
    }

    @Test
    void above_places_and_turns_a_request_is_shed_at_once() {
        first.sends(GET);
        second.sends(GET);

        var replies = third.sends(GET).replies();

        assertThat(replies).startsWith(SHED).contains("\r\nRetry-After: 1\r\n").contains("\"overloaded\"");
        assertThat(third.open()).isFalse();
        assertThat(third.app.seen).isEmpty();
    }

    @Test
    void a_request_in_the_queue_gets_the_next_place() {
        first.sends(GET);
        second.sends(POST + "abc");
        assertThat(second.app.seen).isEmpty();

        first.app.answer();
        second.settled();

        assertThat(second.app.seen).containsExactly("POST / abc[]");
    }

    @Test
    void a_request_waits_fifty_milliseconds_at_most() {
        first.sends(GET);
        second.sends(GET).after(Duration.ofMillis(49));
        assertThat(second.replies()).isEmpty();

        second.after(Duration.ofMillis(1));

        assertThat(second.statusLines()).containsExactly(SHED);
        assertThat(second.open()).isFalse();
    }

    @Test
    void the_body_of_a_shed_request_is_not_read() {
        first.sends(GET);
        second.sends(GET);

        third.sends(POST);

        assertThat(third.statusLines()).containsExactly(SHED);
        assertThat(third.open()).isFalse();
    }

    @Test
    void a_client_that_sends_its_body_slowly_holds_no_place() {
        first.sends(POST + "ab");

        assertThat(places.taken()).isZero();
        first.sends("c");
        assertThat(places.taken()).isEqualTo(1);
        assertThat(first.app.seen).containsExactly("POST / abc[]");
    }

    @Test
    void a_body_that_came_slowly_may_still_be_shed_at_its_end() {
        third.sends(POST + "ab");
        first.sends(GET);
        second.sends(GET);

        third.sends("c");

        assertThat(third.statusLines()).containsExactly(SHED);
        assertThat(third.app.seen).isEmpty();
    }

    @Test
    void the_end_of_a_stream_needs_no_place() {
        var length = 256 * 1024 + 1;
        third.sends("POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + length + "\r\n\r\n");
        first.sends(GET);
        second.sends(GET);

        third.sends("a".repeat(length));

        assertThat(third.app.seen).hasSize(1);
        assertThat(third.replies()).isEmpty();
    }

    @Test
    void a_client_gone_from_the_queue_leaves_its_turn() {
        first.sends(GET);
        second.sends(GET);
        second.socket.close();

        third.sends(GET);

        assertThat(third.replies()).isEmpty();
        first.app.answer();
        third.settled();
        assertThat(third.app.seen).hasSize(1);
    }

    @Test
    void a_place_won_after_the_client_has_gone_is_passed_on() {
        first.sends(GET);
        second.sends(GET);
        first.app.answer();
        second.socket.close();
        second.settled();

        third.sends(GET);

        assertThat(third.app.seen).hasSize(1);
    }

    @Test
    void a_pipelining_client_takes_one_place() {
        first.sends(GET.repeat(10));

        assertThat(places.taken()).isEqualTo(1);
        assertThat(second.sends(GET).replies()).isEmpty();
    }

    @Test
    void a_request_the_decoder_rejects_is_refused_and_closed() {
        // The guard in front lets a longer line pass than this decoder takes.
        var target = "/" + "a".repeat(8000);
        first.socket.pipeline().replace(HttpServerCodec.class, "narrow", new HttpServerCodec(100, 8192, 8192));

        first.sends("GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n");

        assertThat(first.statusLines()).containsExactly("HTTP/1.1 400 Bad Request");
        assertThat(first.open()).isFalse();
        assertThat(first.app.seen).isEmpty();
    }
}
