package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import io.triport.identity.launch.WholeApp;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections that a proxy hands on with a header in front. */
@ExtendWith(LeakWatch.class)
final class ProxyProtocolTest {
    private static final byte[] FROM_203_0_113_7 =
            HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000ccb007107c0000201d43101bb");
    private static final String GET = "GET /users HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    Path directory;

    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));

    @AfterEach
    void stop() {
        upstream.close();
    }

    private WholeApp start(String listener, String trusted) {
        try {
            var file = Files.writeString(
                    directory.resolve("gateway.yaml"), """
                        listen: [{port: 0, proxyProtocol: true%s}]
                        %s
                        admin: {port: 0}
                        timeouts: {drainDelay: 0s, drain: 1s}
                        identity:
                          anyone: {type: public}
                        upstreams:
                          users:
                            targets: [{url: "%s"}]
                        routes:
                          - id: users
                            match: {path: /users}
                            identity: [anyone]
                            upstream: users
                        """.formatted(listener, trusted, upstream.url()));
            return WholeApp.start(new Gateway(), file, directory.resolve("data"), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_client_is_whom_a_trusted_proxy_speaks_of_for_every_request_of_the_connection() {
        try (var app = start("", "trustedProxies: [127.0.0.1/32]");
                var client = Client.to(app.address().getPort())) {
            client.send(FROM_203_0_113_7).sendExactly(GET);
            assertThat(client.reply().status()).isEqualTo(200);
            client.sendExactly("GET /users HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.1\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(200);

            assertThat(upstream.seen())
                    .allSatisfy(request ->
                            assertThat(request.fields("x-forwarded-for")).containsExactly("203.0.113.7"));
        }
    }

    @Test
    void a_header_may_come_in_pieces() {
        try (var app = start("", "trustedProxies: [127.0.0.1/32]");
                var client = Client.to(app.address().getPort())) {
            for (var piece : FROM_203_0_113_7) {
                client.send(new byte[] {piece});
            }
            assertThat(client.sendExactly(GET).reply().status()).isEqualTo(200);
        }
    }

    @Test
    void a_connection_without_a_header_is_closed_unheard() {
        try (var app = start("", "trustedProxies: [127.0.0.1/32]");
                var client = Client.to(app.address().getPort())) {
            assertThat(client.sendExactly(GET).ended()).isTrue();
            assertThat(upstream.seen()).isEmpty();
        }
    }

    @Test
    void a_connection_of_somebody_else_than_a_trusted_proxy_is_closed_unheard() {
        try (var app = start("", "trustedProxies: [192.0.2.1/32]");
                var client = Client.to(app.address().getPort())) {
            assertThat(client.ended()).isTrue();
            assertThat(upstream.seen()).isEmpty();
        }
    }

    @Test
    void the_header_stands_in_front_of_tls() throws IOException {
        var authority = new TlsAuthority();
        var own = authority.issue("CN=gateway");
        var tls = ", tls: {cert: " + own.certFile(directory.resolve("cert.pem")) + ", key: "
                + own.keyFile(directory.resolve("key.pem")) + "}";
        try (var app = start(tls, "trustedProxies: [127.0.0.1/32]");
                var plain = new Socket(
                        InetAddress.getLoopbackAddress(), app.address().getPort())) {
            plain.getOutputStream().write(FROM_203_0_113_7);
            try (var secure = authority
                    .context(own)
                    .getSocketFactory()
                    .createSocket(plain, "127.0.0.1", app.address().getPort(), true)) {
                secure.getOutputStream()
                        .write(GET.replace("Host: a", "Host: a\r\nConnection: close")
                                .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(new String(secure.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .startsWith("HTTP/1.1 200 ");
            }
            assertThat(upstream.seen().getFirst().field("x-forwarded-for")).isEqualTo("203.0.113.7");
            assertThat(upstream.seen().getFirst().field("x-forwarded-proto")).isEqualTo("https");
        }
    }

    @Test
    void a_client_behind_a_proxy_has_its_own_share_of_connections() {
        var other = FROM_203_0_113_7.clone();
        other[19] = 8;
        try (var app = start("", "trustedProxies: [127.0.0.1/32]\nlimits: {perIpConnections: 1}");
                var first = Client.to(app.address().getPort());
                var second = Client.to(app.address().getPort());
                var third = Client.to(app.address().getPort());
                var stranger = Client.to(app.address().getPort())) {
            assertThat(first.send(FROM_203_0_113_7).sendExactly(GET).reply().status())
                    .isEqualTo(200);

            assertThat(second.send(FROM_203_0_113_7).sendExactly(GET).reply().status())
                    .isEqualTo(503);
            assertThat(third.send(other).sendExactly(GET).reply().status()).isEqualTo(200);
            assertThat(stranger.send(other).sendExactly(GET).reply().status()).isEqualTo(503);
        }
    }

    @Test
    void without_trusted_proxies_it_does_not_start() {
        assertThatThrownBy(() -> start("", "")).isInstanceOf(ConfigError.class).hasMessageContaining("proxyProtocol");
    }
}
