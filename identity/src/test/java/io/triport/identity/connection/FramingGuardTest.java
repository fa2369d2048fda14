package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FramingGuardTest {
    private static final String HOST = "Host: a.example\r\n";
    private static final String GET = "GET / HTTP/1.1\r\n" + HOST;
    private static final String POST = "POST / HTTP/1.1\r\n" + HOST;
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    private final Wire wire = new Wire();

    @AfterEach
    void nothing_leaks() {
        wire.close();
    }

    static Stream<Arguments> refused() {
        return BadRequests.all();
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("refused")
    void is_refused_once_in_the_apps_shape_and_closed(int status, String name, String bytes) {
        var replies = wire.sends(bytes + GET + "\r\n").replies();

        assertThat(replies).startsWith("HTTP/1.1 " + status + " ").containsOnlyOnce("HTTP/1.1 ");
        assertThat(replies)
                .contains("\r\nDate: Thu, 1 Jan 2026 00:00:00 GMT\r\n")
                .contains("\r\nConnection: close\r\n")
                .contains("\r\nTriport-Layer: request\r\n")
                .contains("\r\nCache-Control: no-store\r\n")
                .contains("\r\n\r\n{\"code\":\"");
        assertThat(wire.app.seen).isEmpty();
        assertThat(wire.open()).isFalse();
    }

    @ParameterizedTest(name = "{0} for {1}, byte by byte")
    @MethodSource("refused")
    void is_refused_alike_byte_by_byte(int status, String name, String bytes) {
        for (var i = 0; i < bytes.length() && wire.open(); i++) {
            wire.sends(bytes.substring(i, i + 1));
        }

        assertThat(wire.statusLines()).singleElement().asString().startsWith("HTTP/1.1 " + status + " ");
        assertThat(wire.app.seen).isEmpty();
        assertThat(wire.open()).isFalse();
    }

    static Stream<Arguments> passed() {
        return Stream.of(
                Arguments.of("GET / ", GET + "\r\n"),
                Arguments.of("GET / ", "\r\n" + GET + "\r\n"),
                Arguments.of("GET / ", "GET / HTTP/1.0\r\n" + HOST + "\r\n"),
                Arguments.of(
                        "GET /?" + "a&".repeat(199) + "a ",
                        "GET /?" + "a&".repeat(199) + "a HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("GET /{a}|[b]^`? ", "GET /{a}|[b]^`? HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("OPTIONS * ", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("GET http://A.example/b ", "GET http://A.example/b HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("GET / ", "GET / HTTP/1.1\r\nhOST:a.example:8080\t \r\n\r\n"),
                Arguments.of("GET / ", "GET / HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n\r\n"),
                Arguments.of("GET / ", "GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n"),
                Arguments.of("GET / ", GET + "X-A: b\u00e4\tc\r\nX-Empty:\r\n\r\n"),
                Arguments.of("GET / ", GET + "X-A: b\r\n".repeat(99) + "\r\n"),
                Arguments.of("GET / ", GET + "Content-Length: 0\r\n\r\n"),
                Arguments.of("POST / abc", POST + "Content-Length: 0003\r\n\r\nabc"),
                Arguments.of("POST / abc", POST + "Expect: 100-Continue\r\nContent-Length: 3\r\n\r\nabc"),
                Arguments.of("POST / abcd", CHUNKED + "3\r\nabc\r\n1;a=\"b \\\"c\" ; d = e\r\nd\r\n000\r\n\r\n"),
                Arguments.of("POST / abc", CHUNKED + "00000003 ;a\r\nabc\r\n0\r\n\r\n"),
                Arguments.of(
                        "POST / abc", CHUNKED + "3\r\nabc\r\n0\r\nX-A: b\r\nHost: c\r\nContent-Length: 9\r\n\r\n"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("passed")
    void a_sound_request_reaches_the_app(String seen, String bytes) {
        var lines = wire.sends(bytes).statusLines();

        assertThat(lines).containsExactly("HTTP/1.1 200 OK");
        assertThat(wire.app.seen).containsExactly(seen + "[]");
    }

    @Test
    void trailers_are_dropped() {
        wire.sends(CHUNKED + "0\r\nX-User-Id: root\r\n\r\n");

        assertThat(wire.app.seen).containsExactly("POST / []");
    }

    @Test
    void the_longest_request_line_passes() {
        wire.sends("GET /" + "a".repeat(8192 - 16) + " HTTP/1.1\r\n" + HOST + "\r\n");

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 200 OK");
    }

    @Test
    void pipelined_requests_are_answered_one_by_one_in_order() {
        wire.app.answersAtOnce = false;
        wire.sends("GET /1 HTTP/1.1\r\n" + HOST + "\r\n" + POST + "Content-Length: 3\r\n\r\nabcGET /3 HTTP/1.1\r\n"
                + HOST + "\r\n");

        assertThat(wire.app.seen).containsExactly("GET /1 []");
        wire.app.answer();
        wire.settled();
        assertThat(wire.app.seen).containsExactly("GET /1 []", "POST / abc[]");
        wire.app.answer();
        wire.settled();
        wire.app.answer();

        assertThat(wire.app.seen).endsWith("GET /3 []");
        assertThat(wire.statusLines()).hasSize(3);
    }

    @Test
    void a_body_that_looks_like_a_request_is_none() {
        var inner = GET + "\r\n";

        wire.sends(POST + "Content-Length: " + inner.length() + "\r\n\r\n" + inner);

        assertThat(wire.app.seen).hasSize(1);
    }

    @Test
    void a_reply_already_owed_goes_out_before_the_refusal() {
        wire.app.answersAtOnce = false;
        wire.sends(GET + "\r\n" + GET + "Host: b\r\n\r\n" + GET + "\r\n");
        assertThat(wire.replies()).isEmpty();

        wire.app.answer();
        wire.settled();

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 200 OK", "HTTP/1.1 400 Bad Request");
        assertThat(wire.app.seen).hasSize(1);
        assertThat(wire.open()).isFalse();
    }

    @Test
    void a_framing_error_behind_a_reply_gets_no_second_reply() {
        wire.app.answersEarly = true;
        wire.sends(CHUNKED + "3\r\nabc\r\n");
        wire.sends("x\r\n");

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 200 OK");
        assertThat(wire.open()).isFalse();
    }

    @Test
    void what_the_app_writes_after_a_refusal_is_dropped() {
        wire.app.answersAtOnce = false;
        wire.sends(CHUNKED + "3\r\nabc\r\n");
        wire.socket.stalled = true;
        wire.sends("x\r\n");

        wire.app.answer();
        wire.socket.stalled = false;
        wire.socket.flush();

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 400 Bad Request");
    }

    @Test
    void a_refused_head_request_gets_no_body() {
        assertThat(wire.sends("HEAD / HTTP/1.1\r\n\r\n").replies())
                .startsWith("HTTP/1.1 400 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void the_reply_of_a_get_after_a_head_has_its_body() {
        assertThat(wire.sends("HEAD / HTTP/1.1\r\n" + HOST + "\r\n").replies()).startsWith("HTTP/1.1 200 ");

        assertThat(wire.sends("GET /" + "a".repeat(8200)).replies()).endsWith("}");
    }

    @Test
    void a_client_that_asked_to_close_is_not_served_again() {
        wire.sends(GET + "Connection: close\r\n\r\n" + GET + "\r\n");

        assertThat(wire.app.seen).hasSize(1);
        assertThat(wire.open()).isFalse();
    }

    @Test
    void a_last_reply_that_is_flushed_only_when_the_read_is_complete_goes_out() {
        wire.app.flushesAtReadComplete = true;

        wire.sends(GET + "Connection: close\r\n\r\n");

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 200 OK");
        assertThat(wire.open()).isFalse();
    }

    @Test
    void an_upgrade_other_than_websocket_is_ignored() {
        wire.sends(GET + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");

        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 200 OK");
        assertThat(wire.open()).isTrue();
    }

    @Test
    void after_switching_protocols_bytes_are_no_requests() {
        wire.app.answersAtOnce = false;
        wire.sends(GET + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\nsent ahead\0");
        wire.app.answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
        wire.settled();

        wire.sends("\u0081\u0005Hello");

        assertThat(wire.app.seen).containsExactly("GET / []", "sent ahead\0", "\u0081\u0005Hello");
        assertThat(wire.open()).isTrue();
        assertThat(wire.statusLines()).containsExactly("HTTP/1.1 101 Switching Protocols");
    }

    @Test
    void a_gone_client_leaves_nothing_behind() {
        wire.app.answersAtOnce = false;
        wire.sends(GET + "\r\n" + GET + "X-Half: ");

        wire.socket.close();

        assertThat(wire.drain.busy()).isZero();
        assertThat(wire.places.taken()).isZero();
    }
}
