package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads that are no request, or that the upstream's HTTP/1.1 could take for another. */
@ExtendWith(LeakWatch.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Http2HeadTest {
    private static final int PROTOCOL_ERROR = 1;

    private final Upstream upstream = Upstream.answering(Upstream.ok(""));
    private SecureGateway gateway;

    @BeforeAll
    void start() {
        gateway = SecureGateway.start(Http2Test.FILE.formatted(upstream.url()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    static Stream<Named<Http2Headers>> heads() {
        return Stream.of(
                Named.of("connection", get().add("connection", "close")),
                Named.of("transfer-encoding", get().add("transfer-encoding", "chunked")),
                Named.of("upgrade", get().add("upgrade", "websocket")),
                Named.of("keep-alive", get().add("keep-alive", "1")),
                Named.of("proxy-connection", get().add("proxy-connection", "close")),
                Named.of("http2-settings", get().add("http2-settings", "AAA")),
                Named.of("an upper case name", get().add("X-Name", "1")),
                Named.of("a name with a blank", get().add("x name", "1")),
                Named.of("a name with a colon", get().add("x:name", "1")),
                Named.of("a line feed in a value", get().add("x-a", "b\nx-user-id: root")),
                Named.of("nul in a value", get().add("x-a", "b\0c")),
                Named.of("a value with a blank at its end", get().add("x-a", "b ")),
                Named.of("two lengths", get().add("content-length", "0").add("content-length", "1")),
                Named.of(
                        "two lengths that are equal",
                        get().add("content-length", "0").add("content-length", "0")),
                Named.of("two lengths in one", get().add("content-length", "0, 0")),
                Named.of("another length", get().add("content-length", "+0")),
                Named.of("another host", get().add("host", "other.org")),
                Named.of("a pseudo field unknown", get().add(":name", "1")),
                Named.of("two paths", get().add(":path", "/api/other")),
                Named.of("no authority", head().method("GET").scheme("https").path("/api")),
                Named.of(
                        "no scheme",
                        head().method("GET").authority("example.org").path("/api")),
                Named.of("no path", head().method("GET").scheme("https").authority("example.org")),
                Named.of(
                        "no method",
                        head().scheme("https").authority("example.org").path("/api")),
                Named.of("an absolute path", Http2Client.get("https://example.org/api")),
                Named.of("a path that does not begin", Http2Client.get("api")),
                Named.of("a path with a blank", Http2Client.get("/api/a b")),
                Named.of("a path with a line feed", Http2Client.get("/api HTTP/1.1\r\nx: y")),
                Named.of("a method that is none", Http2Client.head("GE T", "/api")),
                Named.of("an authority with a user", get().authority("a@example.org")),
                Named.of("a te other than trailers", get().add("te", "gzip")),
                Named.of("an extended connect", get().add(":protocol", "websocket")));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void a_malformed_head_is_refused(Http2Headers head) {
        try (var client = gateway.connect()) {
            var answer = client.answer(client.send(head));

            assertThat(answer.status == 400 || answer.reset == PROTOCOL_ERROR || client.goAway() == PROTOCOL_ERROR)
                    .as("status %d, reset %d", answer.status, answer.reset)
                    .isTrue();
            assertThat(upstream.seen()).isEmpty();
        }
    }

    @Test
    void a_head_with_two_equal_lengths_has_the_page_of_a_bad_request() {
        try (var client = gateway.connect()) {
            var head =
                    Http2Client.head("POST", "/api").add("content-length", "2").add("content-length", "2");

            var answer = client.answer(client.begin(head, false));

            assertThat(answer.status).isEqualTo(400);
            assertThat(answer.text()).contains("\"code\":\"bad-framing\"");
            assertThat(upstream.seen()).isEmpty();
        }
    }

    private static Http2Headers get() {
        return Http2Client.get("/api");
    }

    private static Http2Headers head() {
        return new DefaultHttp2Headers(false);
    }
}
