package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields behind the body of a request. */
@ExtendWith(LeakWatch.class)
final class TrailersTest {
    private static final String FILE = """
        identity:
          anyone: {type: public}
          keys: {type: api-key, pepper: ["${env:PEPPER}"]}
        upstreams:
          users:
            targets: [{url: "%s"}]
            protocol: %s
            retry: {backoff: 1ms..2ms}
        routes:
          - id: users
            match: {path: /api}
            identity: [anyone]
            headers: {request: {set: {X-Env: prod}, remove: [X-Internal]}}
            upstream: users
        """;
    private static final Map<String, String> PEPPER = Map.of("PEPPER", "0123456789abcdef0123456789abcdef");

    private static GatewayUnderTest start(String url, String protocol) {
        return GatewayUnderTest.start(FILE.formatted(url, protocol), PEPPER);
    }

    private static SecureGateway secure(String url, String protocol) {
        return SecureGateway.start(FILE.formatted(url, protocol).replaceFirst("  keys: .*\n", ""));
    }

    private static String put(String fields, String trailers) {
        return "PUT /api HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n" + fields + "\n5\nhello\n0\n" + trailers
                + "\n";
    }

    @Test
    void they_pass_from_http1_to_http1() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = start(upstream.url(), "http1")) {
            var reply = gateway.send(put("Trailer: X-Sum\n", "X-Sum: 1\nX-Sum: 2\n"));

            assertThat(reply.status()).isEqualTo(200);
            var seen = upstream.seen().getFirst();
            assertThat(seen.body()).isEqualTo("hello");
            assertThat(seen.trailers()).containsExactly("X-Sum: 1", "X-Sum: 2");
            assertThat(seen.field("trailer")).isEqualTo("X-Sum");
            assertThat(seen.names()).doesNotContain("x-sum");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-User-ID: root",
                "x_user.id: root",
                "X-Auth-Mechanism: keys",
                "X-Identity-Assertion: a.b.c",
                "X-Forwarded-For: 10.0.0.1",
                "X-Request-ID: 0123456789",
                "Authorization: Bearer x",
                "Cookie: a=b",
                "X-API-Key: tp_live_x",
                "X-Env: test",
                "x-internal: 1",
                "X-Hop: 1",
                "Host: other.example",
                "Connection: close",
                "Content-Length: 9",
                "Transfer-Encoding: chunked",
                "Content-Type: text/plain",
                "Trailer: X-Sum",
                "Te: trailers",
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void what_a_head_may_not_say_they_may_not_either(String trailer) {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = start(upstream.url(), "http1")) {
            gateway.send(put("Connection: keep-alive, X-Hop\n", "X-Sum: 1\n" + trailer + "\n"));

            assertThat(upstream.seen().getFirst().trailers()).containsExactly("X-Sum: 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Sum : 1", "X-Sum", " X-Sum: 1", "X-Sum: a\u0001b", "X Sum: 1"})
    void what_is_no_field_is_a_bad_request(String trailer) {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = start(upstream.url(), "http1")) {
            assertThat(gateway.send(put("", trailer + "\n")).status()).isEqualTo(400);
            assertThat(upstream.seen()).isEmpty();
        }
    }

    @Test
    void they_pass_from_http1_to_http2() {
        try (var upstream = StreamUpstream.doing((request, reply) -> reply.ok(request.body()));
                var gateway = start(upstream.url(), "http2")) {
            assertThat(gateway.send(put("", "X-Sum: 1\nX-User-ID: root\n")).body())
                    .isEqualTo("hello");

            assertThat(upstream.seen().getFirst().trailers()).isEqualTo(Map.of("x-sum", "1"));
        }
    }

    @Test
    void a_body_that_comes_with_its_head_reaches_an_upstream_of_http2() {
        try (var upstream = StreamUpstream.doing((request, reply) -> reply.ok(request.body()));
                var gateway = start(upstream.url(), "http2")) {
            var reply = gateway.send("PUT /api HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello");

            assertThat(reply.body()).isEqualTo("hello");
            assertThat(upstream.seen().getFirst().trailers()).isEmpty();
        }
    }

    @Test
    void they_pass_from_http2_to_both() {
        try (var old = Upstream.doing((request, socket) -> Upstream.write(socket, Upstream.ok(request.body())));
                var young = StreamUpstream.doing((request, reply) -> reply.ok(request.body()));
                var toOld = secure(old.url(), "http1");
                var toYoung = secure(young.url(), "http2")) {
            for (var gateway : List.of(toOld, toYoung)) {
                try (var client = gateway.connect()) {
                    var stream = client.begin(Http2Client.head("POST", "/api"), false);
                    client.data(stream, "hello", false)
                            .trailers(stream, behind("x-sum", "1").add("x-user-id", "root"));

                    assertThat(client.answer(stream).text()).isEqualTo("hello");
                }
            }
            assertThat(old.seen().getFirst().trailers()).containsExactly("x-sum: 1");
            assertThat(young.seen().getFirst().trailers()).isEqualTo(Map.of("x-sum", "1"));
        }
    }

    @Test
    void they_pass_from_http2_behind_a_declared_length_where_they_are_announced() {
        try (var old = Upstream.doing((request, socket) -> Upstream.write(socket, Upstream.ok(request.body())));
                var gateway = secure(old.url(), "http1");
                var client = gateway.connect()) {
            for (var announced : List.of("x-sum", "")) {
                var head = Http2Client.head("POST", "/api").add("content-length", "5");
                var stream = client.begin(announced.isEmpty() ? head : head.add("trailer", announced), false);
                client.data(stream, "hello", false).trailers(stream, behind("x-sum", "1"));
                assertThat(client.answer(stream).text()).isEqualTo("hello");
            }

            var withRoom = old.seen().getFirst();
            assertThat(withRoom.trailers()).containsExactly("x-sum: 1");
            assertThat(withRoom.names()).doesNotContain("content-length");
            var without = old.seen().getLast();
            assertThat(without.trailers()).isEmpty();
            assertThat(without.field("content-length")).isEqualTo("5");
        }
    }

    @Test
    void they_go_again_with_a_request_that_does() {
        try (var upstream = Upstream.answering(Upstream.ok("")).resettingFirst(1);
                var gateway = start(upstream.url(), "http1")) {
            assertThat(gateway.send(put("", "X-Sum: 1\nX-User-ID: root\n")).status())
                    .isEqualTo(200);

            assertThat(upstream.connections()).isEqualTo(2);
            assertThat(upstream.seen().getFirst().body()).isEqualTo("hello");
            assertThat(upstream.seen().getFirst().trailers()).containsExactly("X-Sum: 1");
        }
    }

    @Test
    void where_a_mechanism_signs_the_body_nothing_comes_behind_it() {
        var signing = "  signed: {type: hmac-request, keys: {billing: {secrets: [\"${env:PEPPER}\"]}}}\n  keys: {";
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = GatewayUnderTest.start(
                        FILE.formatted(upstream.url(), "http1")
                                .replace("  keys: {", signing)
                                .replace("identity: [anyone]", "identity: [signed, anyone]"),
                        PEPPER)) {
            assertThat(gateway.send(put("", "X-Sum: 1\n")).status()).isEqualTo(200);

            assertThat(upstream.seen().getFirst().body()).isEqualTo("hello");
            assertThat(upstream.seen().getFirst().trailers()).isEmpty();
        }
    }

    static Stream<Named<Http2Headers>> unsound() {
        return Stream.of(
                Named.of("a pseudo field", behind(":path", "/other")),
                Named.of("a field of the connection", behind("connection", "close")),
                Named.of("framing", behind("transfer-encoding", "chunked")),
                Named.of("a line feed", behind("x-sum", "1\nx-user-id: root")),
                Named.of("a blank at the end", behind("x-sum", "1 ")),
                Named.of("a name with a blank", behind("x sum", "1")),
                Named.of("more than eight kibibytes", behind("x-sum", "1".repeat(9000))));
    }

    @ParameterizedTest
    @MethodSource("unsound")
    void what_is_no_field_of_http2_ends_its_stream(Http2Headers trailers) {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = secure(upstream.url(), "http1");
                var client = gateway.connect()) {
            var stream = client.begin(Http2Client.head("POST", "/api"), false);
            client.data(stream, "hello", false).trailers(stream, trailers);

            var answer = client.answer(stream);

            assertThat(answer.status == 400 || answer.reset == 1 || client.goAway() == 1)
                    .as("status %d, reset %d", answer.status, answer.reset)
                    .isTrue();
            assertThat(upstream.seen()).isEmpty();
        }
    }

    private static Http2Headers behind(String name, String value) {
        return new DefaultHttp2Headers(false).add(name, value);
    }
}
