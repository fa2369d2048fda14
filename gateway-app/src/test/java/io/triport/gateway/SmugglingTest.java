package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.gateway.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request whose end two servers could see in different places has one answer, a refusal, and nothing after it. */
@ExtendWith(LeakWatch.class)
final class SmugglingTest {
    private static final String SECOND = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static Upstream upstream;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.answering(Upstream.ok("hello"));
        gateway = GatewayUnderTest.start("""
            identity:
              anyone: {type: public}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            """.formatted(upstream.url()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    static List<String> malformed() {
        var requests = new ArrayList<String>();
        for (var fields : List.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 5\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -5\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 5 5\r\n",
                "Content-Length: \r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: \"chunked\"\r\n",
                "Transfer-Encoding:\r\n",
                "Transfer-Encoding: chunked;q=1\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding\t: chunked\r\n",
                " Transfer-Encoding: chunked\r\n",
                "X: 1\r\n Transfer-Encoding: chunked\r\n",
                "X: 1\r\n\tfolded\r\n",
                "X: a\rTransfer-Encoding: chunked\r\n",
                "X: a\nTransfer-Encoding: chunked\n",
                "X: \0\r\n",
                "X: \u0001\r\n",
                "X Y: 1\r\n",
                ": 1\r\n",
                "X\r\n")) {
            requests.add("POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
        }
        for (var line : List.of(
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                "GET / x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\r\nHost: a\r\n\r\n",
                "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\\ HTTP/1.1\r\nHost: a\r\n\r\n",
                "G\0T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\r\n\r\n",
                "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
            requests.add(line);
        }
        for (var size : List.of(
                "+5\r\nhello",
                "-5\r\nhello",
                "0x5\r\nhello",
                " 5\r\nhello",
                "5 \r\nhello",
                "\r\nhello",
                "00000000000000005\r\nhello",
                "g\r\nhello",
                "5\nhello\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "5;a=\n\r\nhello",
                "5;" + "x".repeat(300) + "\r\nhello")) {
            requests.add("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + size);
        }
        return requests;
    }

    static List<String> withoutHost() {
        var requests = new ArrayList<String>();
        for (var host : List.of("", "a b", "a/b", "u@a", "a:b", "a:99999", "a,b", "[::1", "a?b", "a#b", "http://a")) {
            requests.add("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        }
        requests.add("GET / HTTP/1.1\r\n\r\n");
        requests.add("GET / HTTP/1.0\r\n\r\n");
        requests.add("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
        requests.add("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        requests.add("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n");
        requests.add("GET http://a:81/ HTTP/1.1\r\nHost: a\r\n\r\n");
        return requests;
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void it_is_refused_and_the_connection_with_it(String request) {
        assertRefused(request, Problem.BAD_FRAMING, "Malformed HTTP request");
    }

    @ParameterizedTest
    @MethodSource("withoutHost")
    void a_request_for_no_host_or_for_two_is_refused_and_the_connection_with_it(String request) {
        assertRefused(request, Problem.BAD_REQUEST, "Bad request");
    }

    private static void assertRefused(String request, Problem problem, String error) {
        try (var client = gateway.connect()) {
            var reply = client.sendExactly(request + "\r\n" + SECOND).reply();

            Refused.as(reply, problem, error);
            assertThat(reply.field("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
        assertThat(upstream.seen()).extracting(Upstream.Request::line).doesNotContain("GET /smuggled HTTP/1.1");
    }

    @Test
    void a_body_is_a_body_whatever_it_looks_like() {
        try (var client = gateway.connect()) {
            client.sendExactly("POST /first HTTP/1.1\r\nHost: a\r\nContent-Length: " + SECOND.length() + "\r\n\r\n"
                    + SECOND + "GET /third HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.reply().status()).isEqualTo(200);
            assertThat(client.reply().status()).isEqualTo(200);
        }
        assertThat(upstream.seen())
                .extracting(Upstream.Request::line)
                .contains("POST /first HTTP/1.1", "GET /third HTTP/1.1")
                .doesNotContain("GET /smuggled HTTP/1.1");
    }

    @Test
    void trailers_of_a_client_are_dropped() {
        var before = upstream.seen().size();

        gateway.send("""
            POST / HTTP/1.1
            Host: a
            Transfer-Encoding: chunked
            Trailer: X-User-ID

            2
            hi
            0
            X-User-ID: root

            """);

        var seen = upstream.seen().get(before);
        assertThat(seen.body()).isEqualTo("hi");
        assertThat(seen.names()).doesNotContain("x-user-id");
    }

    @Test
    void methods_that_look_into_the_gateway_are_refused() {
        assertThat(gateway.send("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n").status())
                .isEqualTo(405);
        assertThat(gateway.send("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(405);
        assertThat(gateway.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: magic\r\nContent-Length: 0\r\n\r\n")
                        .status())
                .isEqualTo(417);
    }
}
