package io.triport.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.gateway.problem.Problem;
import io.triport.identity.launch.Surroundings;
import io.triport.testkit.FakeRateLimiter;
import io.triport.testkit.SettableTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A request that is refused by another thread, or later, does not take its connection with it. */
@ExtendWith(LeakWatch.class)
final class LateRefusalTest {
    @TempDir
    private Path directory;

    @Test
    void a_signature_that_was_looked_at_elsewhere_and_is_wrong() throws Exception {
        var key = newKey();
        Files.writeString(directory.resolve("issuer.pem"), pem(key));
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(verifying(upstream.url()));
                var client = gateway.connect()) {
            for (var i = 0; i < 3; i++) {
                var refused = client.send(get(token(newKey(), i))).reply();
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.body()).contains("\"code\":\"token-signature\"");
                assertThat(client.send(get(token(key, i))).reply().body()).isEqualTo("hello");
            }

            client.send(get(token(newKey(), 7)) + get(token(key, 7)) + get(token(newKey(), 8)) + get(token(key, 8)));

            assertThat(client.reply().status()).isEqualTo(401);
            assertThat(client.reply().status()).isEqualTo(200);
            assertThat(client.reply().status()).isEqualTo(401);
            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void keys_that_could_not_be_fetched() {
        var unknown = base64("{\"alg\":\"ES256\",\"kid\":\"a\"}".getBytes(UTF_8)) + "."
                + base64("{\"iss\":\"idp\"}".getBytes(UTF_8)) + "." + "A".repeat(86);
        try (var upstream = Upstream.answering(Upstream.answer(503, ""));
                var gateway = GatewayUnderTest.start(fetching(upstream.url()));
                var client = gateway.connect()) {
            for (var i = 0; i < 3; i++) {
                assertThat(client.send(get(unknown)).reply().status()).isEqualTo(503);
            }
        }
    }

    @Test
    void a_place_for_the_record_that_did_not_come_in_time() throws Exception {
        var arrived = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> {
                    arrived.countDown();
                    await(answer);
                    Upstream.write(socket, Upstream.ok("hello"));
                });
                var gateway = GatewayUnderTest.start(recording(upstream.url()));
                var holder = gateway.connect();
                var client = gateway.connect()) {
            holder.send("GET / HTTP/1.1\nHost: a\n\n");
            arrived.await();

            var refused = client.send("GET / HTTP/1.1\nHost: a\n\n").reply();
            Refused.as(refused, Problem.AUDIT_BACKPRESSURE, "Server is overloaded");
            assertThat(refused.field("retry-after")).isEqualTo("1");

            answer.countDown();
            assertThat(holder.reply().body()).isEqualTo("hello");
            assertThat(client.send("GET / HTTP/1.1\nHost: a\n\n").reply().body())
                    .isEqualTo("hello");
        }
    }

    @Test
    void a_limit_that_another_thread_had_to_ask_for() {
        var ticker = new SettableTicker();
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(
                        limiting(upstream.url()),
                        Map.of(),
                        Surroundings.real().at(ticker).sharing(new FakeRateLimiter(ticker)));
                var client = gateway.connect()) {
            assertThat(client.send("GET /users HTTP/1.1\nHost: a\n\n").reply().status())
                    .isEqualTo(200);
            assertThat(client.send("GET /users HTTP/1.1\nHost: a\n\n").reply().status())
                    .isEqualTo(200);

            var late = client.send("GET /users HTTP/1.1\nHost: a\n\n").reply();
            assertThat(late.status()).isEqualTo(429);
            assertThat(late.field("retry-after")).isEqualTo("61");
            assertThat(client.send("GET /wide HTTP/1.1\nHost: a\n\n").reply().status())
                    .isEqualTo(200);
            assertThat(client.send("GET /users HTTP/1.1\nHost: a\n\n").reply().status())
                    .isEqualTo(429);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String get(String token) {
        return "GET / HTTP/1.1\nHost: a\nAuthorization: Bearer " + token + "\n\n";
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair key) throws IOException {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** A token that no cache knows. */
    private static String token(KeyPair key, int number) throws GeneralSecurityException {
        var claims = "{\"iss\":\"idp\",\"aud\":\"api\",\"sub\":\"ann\",\"exp\":4102444800,\"n\":" + number + "}";
        var text = base64("{\"alg\":\"ES256\"}".getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.getPrivate());
        signature.update(text.getBytes(US_ASCII));
        return text + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String verifying(String url) {
        return """
            identity:
              idp: {type: jwt, issuer: idp, audience: [api], keys: "%s", algorithms: [ES256]}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [idp], upstream: users}
            """.formatted(directory.resolve("issuer.pem"), url);
    }

    private static String fetching(String url) {
        return """
            identity:
              idp: {type: jwt, issuer: idp, jwks: "%s/keys", insecure: true, audience: none, algorithms: [ES256]}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [idp], upstream: users}
            """.formatted(url, url);
    }

    private String recording(String url) {
        return """
            identity:
              anyone: {type: public}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            audit: {sink: file, file: "%s", queue: 1, batch: 1, flush: 1ms}
            """.formatted(url, directory.resolve("audit.jsonl"));
    }

    private static String limiting(String url) {
        return """
            identity:
              anyone: {type: public}
            rateLimits:
              all: {limit: 2, window: 60s, key: [global], scope: shared}
              wide: {limit: 100, window: 60s, key: [global], scope: shared}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /users}, identity: [anyone], rateLimit: [all], upstream: users}
              - {id: wide, match: {path: /wide}, identity: [anyone], rateLimit: [wide], upstream: users}
            """.formatted(url);
    }
}
