package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers piece by piece, with and without bodies, for old clients and new. */
@ExtendWith(LeakWatch.class)
final class StreamingTest {
    private static final String GET = "GET /open HTTP/1.1\nHost: a\n\n";

    private final Semaphore next = new Semaphore(0);
    private Upstream upstream = Upstream.answering("");
    private GatewayUnderTest gateway = start(upstream);

    @AfterEach
    void stop() {
        next.release(100);
        gateway.close();
        upstream.close();
    }

    @Test
    void each_event_of_a_stream_arrives_before_the_next_one_is_made() throws IOException {
        answering(Upstream.doing((request, socket) -> {
            Upstream.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (var event = 0; event < 3; event++) {
                Upstream.write(socket, "8\r\ndata: " + event + "\n\r\n");
                next.acquireUninterruptibly();
            }
            Upstream.write(socket, "0\r\n\r\n");
        }));
        try (var client = gateway.connect()) {
            client.send(GET);
            assertThat(head(client)).contains("transfer-encoding: chunked");
            for (var event = 0; event < 3; event++) {
                assertThat(client.line()).isEqualTo("8");
                assertThat(client.line()).isEqualTo("data: " + event);
                assertThat(client.line()).isEmpty();
                next.release();
            }
            assertThat(client.line()).isEqualTo("0");
            assertThat(client.line()).isEmpty();
        }
    }

    @Test
    void trailers_of_an_answer_pass() throws IOException {
        answering(Upstream.answering("""
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked
            Trailer: grpc-status

            2
            hi
            0
            grpc-status: 0

            """));
        try (var client = gateway.connect()) {
            client.send(GET);
            head(client);

            assertThat(client.line()).isEqualTo("2");
            assertThat(client.line()).isEqualTo("hi");
            assertThat(client.line()).isEqualTo("0");
            assertThat(client.line()).isEqualTo("grpc-status: 0");
            assertThat(client.line()).isEmpty();
        }
    }

    @Test
    void answers_without_a_body_leave_the_connection_as_it_was() {
        answering(Upstream.doing((request, socket) -> Upstream.write(
                socket,
                switch (request.line().split(" ")[1]) {
                    case "/open/none" -> "HTTP/1.1 204 No Content\r\n\r\n";
                    case "/open/same" -> "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n";
                    default -> Upstream.ok("hello");
                })));
        try (var client = gateway.connect()) {
            for (var i = 0; i < 2; i++) {
                assertThat(client.send("GET /open/none HTTP/1.1\nHost: a\n\n").reply())
                        .satisfies(reply -> {
                            assertThat(reply.status()).isEqualTo(204);
                            assertThat(reply.fields("content-length")).isEmpty();
                            assertThat(reply.fields("transfer-encoding")).isEmpty();
                        });
                assertThat(client.send("GET /open/same HTTP/1.1\nHost: a\n\n")
                                .reply()
                                .field("etag"))
                        .isEqualTo("\"a\"");
                assertThat(client.send(GET).reply().body()).isEqualTo("hello");
            }
        }
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void an_old_client_gets_no_chunks_and_the_end_of_the_connection_as_the_end() {
        answering(Upstream.answering("""
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            5
            hello
            0

            """));
        try (var client = gateway.connect()) {
            var reply = client.send("GET /open HTTP/1.0\nHost: a\n\n").reply();

            assertThat(reply.fields("transfer-encoding")).isEmpty();
            assertThat(reply.field("connection")).isEqualTo("close");
            assertThat(reply.body()).isEqualTo("hello");
        }
        assertThat(upstream.seen().getFirst().line()).isEqualTo("GET /open HTTP/1.1");
    }

    @Test
    void nobody_who_is_refused_is_asked_for_a_body() {
        answering(Upstream.answering(Upstream.ok("")));
        try (var client = gateway.connect()) {
            var refused = client.send("POST /users HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\n")
                    .reply();

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.field("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
        assertThat(upstream.seen()).isEmpty();
    }

    @Test
    void a_field_of_the_upstream_that_names_others_takes_them_along_but_never_ours() {
        answering(Upstream.answering("""
            HTTP/1.1 200 OK
            Connection: X-Own, X-Request-ID, Content-Length
            X-Own: 1
            Keep-Alive: timeout=5
            Content-Length: 5

            hello\
            """));

        var reply = gateway.send(GET);

        assertThat(reply.body()).isEqualTo("hello");
        assertThat(reply.field("content-length")).isEqualTo("5");
        assertThat(reply.fields("x-request-id")).hasSize(1);
        assertThat(reply.fields("x-own")).isEmpty();
        assertThat(reply.fields("keep-alive")).isEmpty();
        assertThat(reply.fields("connection")).isEmpty();
    }

    private static String head(Client client) throws IOException {
        var head = new StringBuilder();
        for (var line = client.line(); !line.isEmpty(); line = client.line()) {
            head.append(line.toLowerCase(java.util.Locale.ROOT)).append('\n');
        }
        return head.toString();
    }

    /** With another upstream from now on. */
    private void answering(Upstream other) {
        upstream.close();
        upstream = other;
        gateway.reload(file(other.url()));
    }

    private static GatewayUnderTest start(Upstream upstream) {
        return GatewayUnderTest.start(file(upstream.url()), Map.of("JWT_SECRET", Tokens.SECRET));
    }

    private static String file(String url) {
        return """
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
            upstreams:
              users: {targets: [{url: "%s"}], retry: {attempts: 1}}
            routes:
              - {id: open, match: {path: /open}, identity: [anyone], upstream: users}
              - {id: users, match: {path: /users}, identity: [legacy], upstream: users}
            """.formatted(url);
    }
}
