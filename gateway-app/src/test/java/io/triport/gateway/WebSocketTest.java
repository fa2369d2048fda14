package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Subject;
import io.triport.identity.launch.Surroundings;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A change of protocol, and the bytes after it. */
@ExtendWith(LeakWatch.class)
final class WebSocketTest {
    private static final String WANTED = """
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        """;
    private static final String AGREED = """
        HTTP/1.1 101 Switching Protocols
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

        """;
    private static final byte[] TO_SERVER = {(byte) 0x81, (byte) 0x82, 1, 2, 3, 4, 'h' ^ 1, 'i' ^ 2};
    private static final byte[] TO_CLIENT = {(byte) 0x81, 2, 'h', 'o'};
    private static final byte[] POLICY_VIOLATION = {(byte) 0x88, 2, 0x03, (byte) 0xF0};

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final CompletableFuture<Socket> accepted = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Upstream upstream = Upstream.doing((request, socket) -> {
        if (request.field("upgrade").isEmpty()) {
            Upstream.write(socket, Upstream.ok("plain"));
            return;
        }
        Upstream.write(socket, AGREED);
        accepted.complete(socket);
        done.join(); // the test has the connection now
    });
    private final GatewayUnderTest gateway = GatewayUnderTest.start(
            file(upstream.url()),
            Map.of("JWT_SECRET", Tokens.SECRET),
            Surroundings.real().at(clock).at(ticker));

    @AfterEach
    void stop() {
        done.complete(null);
        gateway.close();
        upstream.close();
    }

    @Test
    void bytes_go_both_ways_as_they_are() throws Exception {
        try (var client = open()) {
            var reply = client.reply();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.field("upgrade")).isEqualToIgnoringCase("websocket");
            assertThat(reply.field("connection")).isEqualToIgnoringCase("upgrade");
            assertThat(reply.field("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

            client.send(TO_SERVER);
            assertThat(server().getInputStream().readNBytes(TO_SERVER.length)).isEqualTo(TO_SERVER);

            server().getOutputStream().write(TO_CLIENT);
            assertThat(client.bytes(TO_CLIENT.length)).isEqualTo(TO_CLIENT);
        }
        var seen = upstream.seen().getFirst();
        assertThat(seen.field("upgrade")).isEqualTo("websocket");
        assertThat(seen.fields("x-user-id")).containsExactly("ann");
        assertThat(seen.names()).doesNotContain("authorization");
    }

    @Test
    void what_the_client_sends_with_its_request_arrives_after_the_change() throws Exception {
        try (var client = gateway.connect()) {
            client.send(handshake("Origin: https://app.example.org\n")).send(TO_SERVER);

            assertThat(client.reply().status()).isEqualTo(101);
            assertThat(server().getInputStream().readNBytes(TO_SERVER.length)).isEqualTo(TO_SERVER);
        }
    }

    @Test
    void much_goes_both_ways_at_once() throws Exception {
        var much = new byte[4 * 1024 * 1024];
        try (var client = open()) {
            client.reply();
            var echo = Thread.ofVirtual().start(() -> echo(much.length));

            var sending = Thread.ofVirtual().start(() -> client.send(much));

            assertThat(client.bytes(much.length)).isEqualTo(much);
            sending.join();
            echo.join();
        }
    }

    @Test
    void when_the_credential_ends_the_gateway_says_so_and_closes() throws Exception {
        try (var client = open()) {
            assertThat(client.reply().status()).isEqualTo(101);
            server().getOutputStream().write(TO_CLIENT);
            assertThat(client.bytes(TO_CLIENT.length)).isEqualTo(TO_CLIENT);

            clock.advance(Duration.ofHours(2));

            assertThat(client.bytes(POLICY_VIOLATION.length)).isEqualTo(POLICY_VIOLATION);
            assertThat(client.ended()).isTrue();
            assertThat(server().getInputStream().read()).isNegative();
        }
    }

    @Test
    void when_the_credential_is_taken_back_the_gateway_says_so_within_a_minute_and_closes() throws Exception {
        try (var client = open()) {
            assertThat(client.reply().status()).isEqualTo(101);

            gateway.bean(RevocationList.class)
                    .revoke(Revocation.of(
                            new RevocationKey.Holder(new Issuer("none"), new Subject("ann")),
                            clock.in(Duration.ofHours(1))));
            server().getOutputStream().write(TO_CLIENT);
            assertThat(client.bytes(TO_CLIENT.length)).isEqualTo(TO_CLIENT);
            ticker.advance(Duration.ofSeconds(59));

            assertThat(client.bytes(POLICY_VIOLATION.length)).isEqualTo(POLICY_VIOLATION);
            assertThat(client.ended()).isTrue();
            assertThat(server().getInputStream().read()).isNegative();
        }
    }

    @Test
    void a_target_that_prefers_http2_is_asked_for_http1(@TempDir Path directory) throws Exception {
        var authority = new TlsAuthority();
        var spoken = new ConcurrentLinkedQueue<String>();
        try (var secure = Upstream.preferring(
                        authority.context(authority.issue("CN=chat")), List.of("h2", "http/1.1"), (request, socket) -> {
                            spoken.add(((SSLSocket) socket).getApplicationProtocol());
                            Upstream.write(socket, AGREED);
                            socket.getOutputStream().write(TO_CLIENT);
                        });
                var behind = GatewayUnderTest.start(
                        file(secure.url())
                                .replace(
                                        "}]}\nroutes",
                                        "}], tls: {ca: " + authority.file(directory.resolve("ca.pem")) + "}}\nroutes"),
                        Map.of("JWT_SECRET", Tokens.SECRET),
                        Surroundings.real().at(clock))) {
            try (var client = behind.connect().send(handshake("Origin: https://app.example.org\n"))) {
                assertThat(client.reply().status()).isEqualTo(101);
                assertThat(client.bytes(TO_CLIENT.length)).isEqualTo(TO_CLIENT);
            }
            // What is no WebSocket it is asked in what it prefers, which this one does not speak any further.
            assertThat(behind.send("GET /plain HTTP/1.1\nHost: a\n\n").status()).isEqualTo(502);

            assertThat(spoken).startsWith("http/1.1").contains("h2");
        }
    }

    @Test
    void a_message_under_way_is_finished_before_the_close() throws Exception {
        try (var client = open()) {
            client.reply();
            server().getOutputStream().write(TO_CLIENT, 0, 3);
            assertThat(client.bytes(3)).startsWith((byte) 0x81);

            clock.advance(Duration.ofHours(2));
            // The upstream is asked for what is left of the frame; it may come before or after the gateway looked.
            server().getOutputStream().write(TO_CLIENT, 3, 1);

            assertThat(client.bytes(1)).containsExactly('o');
            assertThat(client.bytes(POLICY_VIOLATION.length)).isEqualTo(POLICY_VIOLATION);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void the_end_of_one_side_is_the_end_of_the_other() throws Exception {
        try (var client = open()) {
            client.reply();
            server().close();

            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_client_that_goes_takes_the_upstream_with_it() throws Exception {
        var client = open();
        client.reply();

        client.close();

        assertThat(server().getInputStream().read()).isNegative();
    }

    @Test
    void a_page_of_another_origin_cannot_connect_and_a_program_without_one_can() throws Exception {
        for (var origin : new String[] {"https://evil.example", "null", "https://app.example.org.evil.example"}) {
            var refused = gateway.send(handshake("Origin: " + origin + "\n"));

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("\"code\":\"cors-denied\"");
        }
        assertThat(upstream.connections()).isZero();

        try (var client = gateway.connect()) {
            assertThat(client.send(handshake("")).reply().status()).isEqualTo(101);
        }
    }

    @Test
    void identity_comes_before_the_change() {
        var refused = gateway.send("GET /chat HTTP/1.1\nHost: a\n" + WANTED + "\n");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void a_route_without_it_and_a_request_that_is_none_are_refused() {
        var plain = gateway.send("GET /plain HTTP/1.1\nHost: a\n" + WANTED + "\n");
        assertThat(plain.status()).isEqualTo(426);
        assertThat(plain.body()).contains("\"code\":\"upgrade-not-allowed\"");

        for (var wrong : new String[] {
            handshake("").replace("GET", "POST"),
            handshake("").replace("Version: 13", "Version: 8"),
            handshake("").replace("Connection: Upgrade", "Connection: keep-alive"),
            handshake("").replace("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n", "")
        }) {
            assertThat(gateway.send(wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void other_protocols_are_not_changed_to_but_the_request_is_answered() {
        var reply = gateway.send("""
            GET /plain HTTP/1.1
            Host: a
            Connection: Upgrade, HTTP2-Settings
            Upgrade: h2c
            HTTP2-Settings: AAMA

            """);

        assertThat(reply.body()).isEqualTo("plain");
        assertThat(upstream.seen().getFirst().names()).doesNotContain("upgrade", "http2-settings", "connection");
    }

    private Client open() {
        return gateway.connect().send(handshake("Origin: https://app.example.org\n"));
    }

    private String handshake(String more) {
        var claims = "{\"sub\":\"ann\",\"exp\":" + clock.in(Duration.ofHours(1)).getEpochSecond() + "}";
        return "GET /chat HTTP/1.1\nHost: a\n" + WANTED + more + "Authorization: Bearer "
                + Tokens.signed(claims, Tokens.SECRET) + "\n\n";
    }

    private Socket server() throws ExecutionException, InterruptedException {
        return accepted.get();
    }

    private void echo(int bytes) {
        try {
            var socket = server();
            var buffer = new byte[8192];
            for (var left = bytes; left > 0; ) {
                var read = socket.getInputStream().read(buffer, 0, Math.min(left, buffer.length));
                socket.getOutputStream().write(buffer, 0, read);
                left -= read;
            }
        } catch (IOException | ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String file(String url) {
        return """
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
            upstreams:
              chat: {targets: [{url: "%s"}]}
            routes:
              - id: chat
                match: {path: /chat}
                identity: [legacy]
                cors: {origins: ["https://app.example.org"]}
                upgrade: [websocket]
                upstream: chat
              - {id: plain, match: {path: /plain}, identity: [anyone], upstream: chat}
            """.formatted(url);
    }
}
