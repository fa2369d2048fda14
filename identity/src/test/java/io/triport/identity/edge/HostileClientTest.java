package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.ByteSize;
import io.triport.identity.connection.BadRequests;
import io.triport.identity.connection.EdgeLimits;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain sockets against a real server: framing and protocol switches that the platform lets pass by default. */
final class HostileClientTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String GET = "GET /echo HTTP/1.1\r\n" + HOST;
    private static final String LAST = GET + "Connection: close\r\n\r\n";
    private static final String POST = "POST /echo HTTP/1.1\r\nContent-Type: text/plain\r\n" + HOST;

    private static final EdgeLimits LIMITS = EdgeLimits.collecting(ByteSize.ofKiB(128));
    private static final LeakWatch LEAKS = new LeakWatch();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(LIMITS);
    }

    @AfterAll
    static void nothing_leaks() throws InterruptedException {
        server.close();
        try (LEAKS) {
            assertThat(LEAKS.reports()).isEmpty();
        }
    }

    static Stream<Arguments> refused() {
        return BadRequests.all();
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("refused")
    void a_bad_request_gets_one_refusal_and_the_end(int status, String name, String bytes) throws IOException {
        try (var client = server.connect()) {
            client.send(bytes.replace("POST / ", "POST /echo ") + LAST);

            assertThat(client.statuses()).containsExactly(status);
        }
    }

    @Test
    void sound_requests_are_answered_on_one_connection() throws IOException {
        try (var client = server.connect()) {
            client.send(POST + "Content-Length: 3\r\n\r\nabc");
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n3\r\ndef\r\n0\r\nX-A: b\r\n\r\n" + LAST);

            var replies = client.readAll();

            assertThat(TestServer.Client.statuses(replies)).containsExactly(200, 200, 200);
            assertThat(replies).contains("got abc", "got def", "got nothing");
        }
    }

    @Test
    void pipelined_requests_get_their_replies_and_the_bad_one_behind_them_its_refusal() throws IOException {
        try (var client = server.connect()) {
            client.send((GET + "\r\n").repeat(20) + GET + "X A: b\r\n\r\n" + LAST);

            assertThat(client.statuses()).hasSize(21).startsWith(200).endsWith(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo?a=b|c", "/echo?a=%zz", "/echo|", "/{echo}", "//[echo"})
    void a_target_that_the_server_would_take_for_another_is_refused(String target) throws IOException {
        try (var client = server.connect()) {
            client.send(GET.replace("/echo", target) + "\r\n" + LAST);

            assertThat(client.statuses()).containsExactly(400);
        }
    }

    @Test
    void a_request_byte_by_byte_is_answered() throws IOException {
        try (var client = server.connect()) {
            for (var letter : (POST + "Connection: close\r\nContent-Length: 3\r\n\r\nabc").split("")) {
                client.send(letter);
            }

            assertThat(client.readAll()).startsWith("HTTP/1.1 200 ").endsWith("got abc");
        }
    }

    @Test
    void a_client_that_expects_a_continue_gets_one() throws IOException {
        try (var client = server.connect()) {
            client.send(POST + "Connection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");

            client.send("abc");

            assertThat(client.readAll()).startsWith("HTTP/1.1 200 ").endsWith("got abc");
        }
    }

    @Test
    void a_chunked_body_whose_framing_breaks_late_is_refused_once() throws IOException {
        try (var client = server.connect()) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            client.send("3\r\nabcX\r\n" + LAST);

            assertThat(client.statuses()).containsExactly(400);
        }
    }

    @Test
    void the_answer_to_a_body_that_is_too_large_arrives_although_the_client_still_sends() throws IOException {
        try (var client = server.connect()) {
            client.send(POST + "Content-Length: 1000000\r\n\r\n" + "a".repeat(500_000));

            assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void the_answer_to_a_body_that_never_ends_says_that_it_is_the_last() throws IOException {
        var bound = Map.<String, Object>of(
                "micronaut.server.max-request-size", 65_536, "micronaut.server.max-request-buffer-size", 65_536);
        try (var bounded = TestServer.start(LIMITS, bound);
                var client = bounded.connect()) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n20001\r\n" + "a".repeat(0x20001) + "\r\n");

            assertThat(client.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n");
            client.readAll();
        }
    }

    @Test
    void an_upgrade_to_http2_is_ignored() throws IOException {
        try (var client = server.connect()) {
            client.send(GET
                    + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAA\r\n\r\n"
                    + LAST);

            assertThat(client.statuses()).containsExactly(200, 200);
        }
    }

    @Test
    void an_upgrade_to_websocket_where_there_is_none_does_not_switch() throws IOException {
        try (var client = server.connect()) {
            client.send(GET + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n" + LAST);

            assertThat(client.statuses()).doesNotContain(101).allMatch(status -> status < 500);
        }
    }

    @Test
    void http2_cannot_be_switched_on() {
        assertThatThrownBy(() -> TestServer.start(LIMITS, Map.of("micronaut.server.http-version", "2.0")))
                .hasStackTraceContaining("micronaut.server.http-version: HTTP_2_0 (expected: 1.1)");
    }

    @Test
    void a_client_that_closes_its_half_still_gets_its_reply() throws IOException {
        try (var client = server.connect()) {
            client.send(GET + "\r\n").finishSending();

            assertThat(client.statuses()).containsExactly(200);
        }
    }

    @Test
    void clients_that_reset_leave_nothing_behind() throws IOException {
        for (var i = 0; i < 50; i++) {
            server.connect().send(POST + "Content-Length: 100\r\n\r\nabc").reset();
            server.connect().send(GET + "\r\n" + GET + "X-Half").reset();
        }
        try (var client = server.connect()) {
            assertThat(client.send(LAST).statuses()).containsExactly(200);
        }
    }
}
