package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import io.triport.identity.launch.WholeApp;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 without TLS, from clients that know that it is spoken. */
@ExtendWith(LeakWatch.class)
final class PriorKnowledgeTest {
    private static final byte[] FROM_203_0_113_7 =
            HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000ccb007107c0000201d43101bb");

    @TempDir
    Path directory;

    private final Upstream upstream =
            Upstream.doing((request, socket) -> Upstream.write(socket, Upstream.ok(request.body())));

    @AfterEach
    void stop() {
        upstream.close();
    }

    private WholeApp start(String listener) {
        try {
            var file = Files.writeString(
                    directory.resolve("gateway.yaml"),
                    """
                    listen: [{port: 0%s}]
                    trustedProxies: [127.0.0.1/32]
                    admin: {port: 0}
                    timeouts: {drainDelay: 0s, drain: 1s}
                    """.formatted(listener) + Http2Test.FILE.formatted(upstream.url()));
            return WholeApp.start(new Gateway(), file, directory.resolve("data"), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_client_that_begins_with_the_preface_speaks_http2_and_any_other_http1() {
        try (var app = start(", h2c: true");
                var client = Http2Client.plain(app.address().getPort());
                var old = Client.to(app.address().getPort())) {
            var first = client.begin(Http2Client.head("POST", "/api"), false);
            var second = client.send(Http2Client.get("/none"));

            assertThat(client.data(first, "hello", true).answer(first).text()).isEqualTo("hello");
            assertThat(client.answer(second).status).isEqualTo(404);
            assertThat(old.send("PUT /api HTTP/1.1\nHost: a\nContent-Length: 3\n\nold")
                            .reply()
                            .body())
                    .isEqualTo("old");
            assertThat(upstream.seen().getFirst().field("x-forwarded-proto")).isEqualTo("http");
            assertThat(upstream.seen().getFirst().field("x-forwarded-for")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void its_heads_are_judged_as_others_are() {
        try (var app = start(", h2c: true");
                var client = Http2Client.plain(app.address().getPort())) {
            var answer = client.answer(client.send(Http2Client.get("/api").add("transfer-encoding", "chunked")));

            assertThat(answer.status == 400 || answer.reset == 1).isTrue();
            assertThat(upstream.seen()).isEmpty();
        }
    }

    @Test
    void the_preface_stands_behind_what_a_proxy_says() {
        try (var app = start(", h2c: true, proxyProtocol: true");
                var client = Http2Client.plain(app.address().getPort(), FROM_203_0_113_7)) {
            assertThat(client.answer(client.send(Http2Client.get("/api"))).status)
                    .isEqualTo(200);
            assertThat(upstream.seen().getFirst().field("x-forwarded-for")).isEqualTo("203.0.113.7");
        }
    }

    @Test
    void without_the_setting_the_preface_is_a_bad_request() {
        try (var app = start("");
                var client = Client.to(app.address().getPort())) {
            assertThat(client.sendExactly("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                            .reply()
                            .status())
                    .isEqualTo(400);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void inside_tls_it_is_not_a_setting() throws IOException {
        var own = new TlsAuthority().issue("CN=gateway");
        var tls = ", tls: {cert: " + own.certFile(directory.resolve("cert.pem")) + ", key: "
                + own.keyFile(directory.resolve("key.pem")) + "}";

        assertThatThrownBy(() -> start(tls + ", h2c: true"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("h2c");
    }
}
