package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.AtOnce;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever an upstream does, a client gets one answer to its request, and nobody else's. */
@ExtendWith(LeakWatch.class)
final class UpstreamFaultTest {
    private static final String FILE = """
        identity:
          anyone: {type: public}
        upstreams:
          users:
            targets: [{url: "%s"}]
            pool: {maxConnections: 1}
            retry: {attempts: 1}
            breaker: {failures: 1000, minRequests: 1000}
        routes:
          - {id: users, match: {path: /}, identity: [anyone], upstream: users}
        """;
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    @Test
    void one_that_never_answers_is_a_timeout() throws InterruptedException {
        try (var upstream = Upstream.doing((request, socket) -> {});
                var gateway = impatient(upstream, "firstByte")) {
            assertProblem(gateway.send(GET), 504, "upstream-timeout");
            assertThat(upstream.clientLeft()).isTrue();
        }
    }

    @Test
    void one_that_stops_within_its_answer_is_cut_off() {
        try (var upstream = Upstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                var gateway = impatient(upstream, "idle")) {
            assertThat(gateway.send(GET)).satisfies(reply -> {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.whole()).isFalse();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', upstream-reset",
        "'HTTP/1.1 200 OK\r\nContent-Le', upstream-protocol",
        "'NONSENSE\r\n\r\n', upstream-protocol",
        "'HTTP/1.1 abc OK\r\n\r\n', upstream-protocol",
        "'SSH-2.0-OpenSSH_9.9\r\n', upstream-protocol",
        "'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', upstream-protocol",
        "'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', upstream-protocol",
        "'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', upstream-protocol"
    })
    void what_is_no_answer_is_told_apart(String text, String code) {
        try (var upstream = Upstream.doing((request, socket) -> {
                    Upstream.write(socket, text);
                    socket.shutdownOutput();
                });
                var gateway = start(upstream);
                var client = gateway.connect()) {
            for (var i = 0; i < 2; i++) {
                assertProblem(client.send(GET).reply(), 502, code);
            }
        }
    }

    @Test
    void a_reset_is_told_as_one() {
        try (var upstream = Upstream.doing((request, socket) -> Upstream.reset(socket));
                var gateway = start(upstream)) {
            assertProblem(gateway.send(GET), 502, "upstream-reset");
        }
    }

    @Test
    void fields_without_end_are_no_answer() {
        try (var upstream = Upstream.doing((request, socket) -> {
                    Upstream.write(socket, "HTTP/1.1 200 OK\r\n");
                    for (var i = 0; i < 100; i++) {
                        Upstream.write(socket, "X-Field-" + i + ": " + "x".repeat(1024) + "\r\n");
                    }
                    Upstream.write(socket, "Content-Length: 0\r\n\r\n");
                });
                var gateway = start(upstream)) {
            assertProblem(gateway.send(GET), 502, "upstream-protocol");
        }
    }

    @Test
    void an_upstream_that_only_ends_its_side_has_answered_in_full() {
        try (var upstream = Upstream.doing((request, socket) -> {
                    Upstream.write(socket, "HTTP/1.1 200 OK\r\n\r\nhello");
                    socket.shutdownOutput();
                });
                var gateway = start(upstream)) {
            var reply = gateway.send(GET);

            assertThat(reply.body()).isEqualTo("hello");
            assertThat(reply.whole()).isTrue();
        }
    }

    @Test
    void interim_answers_are_not_the_answer() {
        try (var upstream = Upstream.answering(
                        Upstream.interim(100, "") + Upstream.interim(103, "Link: </a>\r\n") + Upstream.ok("hello"));
                var gateway = start(upstream);
                var client = gateway.connect()) {
            for (var i = 0; i < 2; i++) {
                var reply = client.send(GET).reply();

                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).isEqualTo("hello");
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_second_answer_to_one_request_is_given_to_nobody() {
        try (var upstream = Upstream.doing((request, socket) ->
                        Upstream.write(socket, Upstream.ok(request.line().split(" ")[1]) + Upstream.ok("poison")));
                var gateway = start(upstream);
                var client = gateway.connect()) {
            for (var i = 0; i < 5; i++) {
                assertThat(client.send("GET /" + i + " HTTP/1.1\nHost: a\n\n")
                                .reply()
                                .body())
                        .isEqualTo("/" + i);
            }
            client.send("GET /5 HTTP/1.1\nHost: a\n\nGET /6 HTTP/1.1\nHost: a\n\n");
            assertThat(client.reply().body()).isEqualTo("/5");
            assertThat(client.reply().body()).isEqualTo("/6");
        }
    }

    @Test
    void not_even_to_who_waits_for_the_connection() {
        var waiting = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> {
                    if (request.line().contains("/first")) {
                        await(waiting);
                    }
                    Upstream.write(socket, Upstream.ok(request.line().split(" ")[1]) + Upstream.ok("poison"));
                });
                var gateway = start(upstream)) {
            var clients = 40;
            try (var first = gateway.connect()) {
                first.send("GET /first HTTP/1.1\nHost: a\n\n");
                var open = java.util.stream.IntStream.range(0, clients)
                        .mapToObj(number -> gateway.connect().send("GET /" + number + " HTTP/1.1\nHost: a\n\n"))
                        .toList();
                // Answered by the gateway itself on every event loop, so those before have been looked at.
                AtOnce.run(clients, number -> () -> gateway.send("GET /health HTTP/1.1\nHost: a\n\n"));
                waiting.countDown();

                assertThat(first.reply().body()).isEqualTo("/first");
                for (var number = 0; number < clients; number++) {
                    assertThat(open.get(number).reply().body()).isEqualTo("/" + number);
                    open.get(number).close();
                }
            }
        }
    }

    @Test
    void an_answer_before_the_request_has_ended_is_passed_on_and_its_connection_not_used_again() {
        try (var upstream = Upstream.doing((request, socket) -> Upstream.write(socket, Upstream.ok("late")))
                        .answeringEarly(Upstream.answer(403, "no"), 1);
                var gateway = start(upstream);
                var client = gateway.connect()) {
            client.send("PUT / HTTP/1.1\nHost: a\nContent-Length: 10\n\nhello");

            assertThat(client.reply().body()).isEqualTo("no");
            assertThat(gateway.send(GET).body()).isEqualTo("late");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void every_connection_of_the_pool_can_be_waited_for_in_turn() {
        try (var upstream = Upstream.doing((request, socket) ->
                        Upstream.write(socket, Upstream.ok(request.line().split(" ")[1])));
                var gateway = start(upstream)) {
            List<String> bodies = AtOnce.run(
                    30,
                    number -> () -> gateway.send("GET /" + number + " HTTP/1.1\nHost: a\n\n")
                            .body());

            for (var number = 0; number < bodies.size(); number++) {
                assertThat(bodies.get(number)).isEqualTo("/" + number);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param timeout that is short */
    private static GatewayUnderTest impatient(Upstream upstream, String timeout) {
        return GatewayUnderTest.start(FILE.formatted(upstream.url())
                .replace("maxConnections: 1}", "maxConnections: 1}\n    timeout: {" + timeout + ": 100ms}"));
    }

    private static GatewayUnderTest start(Upstream upstream) {
        return GatewayUnderTest.start(FILE.formatted(upstream.url()));
    }

    private static void assertProblem(Client.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.body()).contains("\"code\":\"" + code + "\"").doesNotContain("127.0.0.1");
    }
}
