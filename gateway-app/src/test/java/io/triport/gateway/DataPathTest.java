package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
final class DataPathTest {
    private static final String FILE = """
        identity:
          anyone: {type: public}
        upstreams:
          users:
            targets: [{url: "%s"}]
        routes:
          - id: users
            match: {path: /api}
            identity: [anyone]
            limits: {body: 64KiB}
            path: {strip: /api}
            upstream: users
        """;

    private static final String GET = "GET /api/a?b=c HTTP/1.1\nHost: example.org\n\n";

    @Test
    void a_request_goes_to_the_upstream_and_its_answer_comes_back() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()))) {
            var reply = gateway.send(GET);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("hello");
            assertThat(upstream.seen().getFirst().line()).isEqualTo("GET /a?b=c HTTP/1.1");
        }
    }

    @Test
    void requests_of_a_connection_are_answered_in_turn_over_one_connection_to_the_upstream() {
        try (var upstream = Upstream.doing((request, socket) ->
                        Upstream.write(socket, Upstream.ok(request.line().split(" ")[1])));
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            client.send(
                    "GET /api/1 HTTP/1.1\nHost: a\n\nGET /api/2 HTTP/1.1\nHost: a\n\nGET /api/3 HTTP/1.1\nHost: a\n\n");

            assertThat(client.reply().body()).isEqualTo("/1");
            assertThat(client.reply().body()).isEqualTo("/2");
            assertThat(client.reply().body()).isEqualTo("/3");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_body_of_declared_length_and_one_in_chunks_arrive_whole() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()))) {
            gateway.send("POST /api HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello");
            gateway.send("POST /api HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nhel\n2\nlo\n0\n\n");

            assertThat(upstream.seen()).extracting(Upstream.Request::body).containsExactly("hello", "hello");
        }
    }

    @Test
    void an_answer_in_chunks_stays_one_and_one_that_ends_with_its_connection_becomes_one() {
        try (var upstream = Upstream.doing((request, socket) -> {
                    if (request.line().contains("chunks")) {
                        Upstream.write(
                                socket,
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
                    } else {
                        Upstream.write(socket, "HTTP/1.0 200 OK\r\n\r\nabc");
                        socket.close();
                    }
                });
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            for (var path : new String[] {"chunks", "end", "chunks"}) {
                var reply = client.send("GET /api/" + path + " HTTP/1.1\nHost: a\n\n")
                        .reply();

                assertThat(reply.field("transfer-encoding")).isEqualTo("chunked");
                assertThat(reply.body()).isEqualTo("abc");
                assertThat(reply.whole()).isTrue();
            }
        }
    }

    @Test
    void a_body_above_the_limit_is_refused_before_anything_is_sent_or_cut_off_while_it_is() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()))) {
            var declared = gateway.send("POST /api HTTP/1.1\nHost: a\nContent-Length: 65537\n\n");

            assertThat(declared.status()).isEqualTo(413);
            assertThat(declared.body()).contains("\"error\":\"Request body too large\"", "\"code\":\"body-too-large\"");
            assertThat(upstream.connections()).isZero();

            try (var client = gateway.connect()) {
                client.send("POST /api HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n8000\n" + "x".repeat(0x8000)
                        + "\n");
                client.send("9000\n" + "x".repeat(0x9000) + "\n");

                assertThat(client.reply().status()).isEqualTo(413);
            }
            assertThat(upstream.clientLeft()).isTrue();
            assertThat(upstream.seen()).isEmpty();
        }
    }

    @Test
    void a_client_that_goes_away_cancels_its_request() throws Exception {
        var arrived = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> arrived.countDown());
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()))) {
            var client = gateway.connect().send(GET);
            arrived.await();

            client.close();

            assertThat(upstream.clientLeft()).isTrue();
        }
    }

    @Test
    void an_upstream_that_breaks_off_is_never_made_to_look_complete() {
        try (var upstream = Upstream.doing((request, socket) -> {
                    Upstream.write(
                            socket,
                            request.line().contains("chunks")
                                    ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
                                    : "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                    socket.close();
                });
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()))) {
            assertThat(gateway.send("GET /api/chunks HTTP/1.1\nHost: a\n\n").whole())
                    .isFalse();
            assertThat(gateway.send("GET /api/length HTTP/1.1\nHost: a\n\n").whole())
                    .isFalse();
        }
    }

    @Test
    void an_answer_to_head_has_its_length_and_no_body() {
        try (var upstream = Upstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            for (var i = 0; i < 2; i++) {
                var reply = client.send("HEAD /api HTTP/1.1\nHost: a\n\n").reply("HEAD");

                assertThat(reply.field("content-length")).isEqualTo("5");
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void large_bodies_pass_both_ways_at_the_speed_of_the_slower_end() throws IOException {
        var large = "x".repeat(8 * 1024 * 1024);
        try (var upstream = Upstream.doing((request, socket) -> Upstream.write(socket, Upstream.ok(request.body())));
                var gateway =
                        GatewayUnderTest.start(FILE.formatted(upstream.url()).replace("64KiB", "16MiB"))) {
            var reply = gateway.send(
                    "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: " + large.length() + "\r\n\r\n" + large);

            assertThat(reply.body()).isEqualTo(large);
        }
    }

    @Test
    void a_client_that_expects_leave_gets_it_when_nothing_speaks_against_the_body() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            client.send("POST /api HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\n");

            assertThat(client.reply().status()).isEqualTo(100);
            assertThat(client.send("hello").reply().status()).isEqualTo(200);
            assertThat(upstream.seen().getFirst().body()).isEqualTo("hello");
            assertThat(gateway.send("POST /api HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 99999\n\n")
                            .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void what_the_server_answers_itself_still_is_answered() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            assertThat(client.send("GET /health HTTP/1.1\nHost: a\n\n").reply().body())
                    .isEqualTo("{\"status\":\"ok\"}");
            assertThat(client.send(GET).reply().status()).isEqualTo(200);
            var again = client.send("GET /health?from=balancer HTTP/1.1\nHost: a\n\n")
                    .reply();
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.fields("cache-control")).containsExactly("no-store");
            assertThat(again.field("x-request-id")).hasSize(36);
            assertThat(client.send("HEAD /health HTTP/1.1\nHost: a\n\n")
                            .reply("HEAD")
                            .status())
                    .isEqualTo(200);
            assertThat(client.send("DELETE /health HTTP/1.1\nHost: a\n\n")
                            .reply()
                            .field("allow"))
                    .isEqualTo("GET, HEAD");
            assertThat(client.send(GET).reply().status()).isEqualTo(200);
            assertThat(upstream.seen()).hasSize(2);
        }
    }
}
