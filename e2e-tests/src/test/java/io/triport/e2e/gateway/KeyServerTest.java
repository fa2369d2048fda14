package io.triport.e2e.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.e2e.kv.Within;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer that answers nonsense, then keys, then other keys, and then nothing. */
final class KeyServerTest {
    private static final int COORDINATE_BYTES = 32;

    @TempDir
    private Path directory;

    @Test
    void it_is_not_ready_without_keys_takes_them_when_they_come_and_keeps_them_when_the_issuer_goes() throws Exception {
        var first = key();
        var second = key();
        try (var origin = Origin.start();
                var issuer = new Issuer("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"keys\":[");
                var node = GatewayNode.start(directory, file(issuer.port(), origin.url()), Map.of())) {
            Within.reason("asked for keys", () -> issuer.asked() > 0);
            assertThat(ask(node, "first", first)).isEqualTo(503);

            issuer.answers(keys("first", first));
            Within.reason("keys", () -> ask(node, "first", first) == 200);
            assertThat(ask(node, "first", second)).isEqualTo(401);

            issuer.answers(keys("second", second));
            Within.reason("the new key, once it may be asked for", () -> ask(node, "second", second) == 200);
            assertThat(ask(node, "first", first)).isEqualTo(401);

            issuer.hangUp();
            for (var i = 0; i < 100; i++) {
                assertThat(ask(node, "second", second)).isEqualTo(200);
            }
            assertThat(ask(node, "third", first)).isEqualTo(401);
            assertThat(node.page("/ready")).contains("\"status\":\"ready\"");
        }
    }

    /** A server that says one thing to everybody and hangs up. */
    private static final class Issuer implements AutoCloseable {
        private final ServerSocket server;
        private final AtomicReference<String> answer;
        private final AtomicInteger asked = new AtomicInteger();

        Issuer(String answer) throws IOException {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.answer = new AtomicReference<>(answer);
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return server.getLocalPort();
        }

        int asked() {
            return asked.get();
        }

        void answers(String text) {
            answer.set(text);
        }

        private void serve() {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    asked.incrementAndGet();
                    if (socket.getInputStream().read() >= 0) {
                        socket.getOutputStream().write(answer.get().getBytes(US_ASCII));
                        socket.shutdownOutput();
                        socket.getInputStream().skip(Long.MAX_VALUE);
                    }
                } catch (IOException e) {
                    // The gateway hung up first, or the server is closed.
                }
            }
        }

        @Override
        public void close() {
            hangUp();
        }

        void hangUp() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static int ask(AppProcess node, String kid, KeyPair key) {
        var address = node.address();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            var request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer " + token(kid, key)
                    + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return Answered.status(socket);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair key() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String token(String kid, KeyPair key) throws GeneralSecurityException {
        var text = base64("{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}")
                + "."
                + base64("{\"iss\":\"idp\",\"sub\":\"ann\",\"aud\":\"api\",\"exp\":4102444800}");
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.getPrivate());
        signature.update(text.getBytes(US_ASCII));
        return text + "." + base64(signature.sign());
    }

    private static String keys(String kid, KeyPair key) {
        var point = ((ECPublicKey) key.getPublic()).getW();
        var body = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"" + kid + "\",\"x\":\""
                + base64(coordinate(point.getAffineX())) + "\",\"y\":\"" + base64(coordinate(point.getAffineY()))
                + "\"}]}";
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static byte[] coordinate(BigInteger number) {
        var bytes = new byte[COORDINATE_BYTES];
        var signed = number.toByteArray();
        var length = Math.min(signed.length, COORDINATE_BYTES);
        System.arraycopy(signed, signed.length - length, bytes, COORDINATE_BYTES - length, length);
        return bytes;
    }

    private static String base64(String text) {
        return base64(text.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String file(int port, String origin) {
        return """
            identity:
              idp: {type: jwt, issuer: idp, audience: [api], jwks: "http://127.0.0.1:%d/keys", insecure: true, algorithms: [ES256]}
            limits: {rejectedCredentials: 1000000}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [idp], upstream: users}
            """.formatted(port, origin);
    }
}
