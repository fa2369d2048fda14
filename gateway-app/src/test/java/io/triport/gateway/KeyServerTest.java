package io.triport.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.triport.gateway.problem.Problem;
import io.triport.identity.launch.Surroundings;
import io.triport.testkit.SettableTicker;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An issuer that changes its keys, goes away, and is asked for keys that nobody has. */
@ExtendWith(LeakWatch.class)
final class KeyServerTest {
    private static final int COORDINATE_BYTES = 32;

    private final SettableTicker ticker = new SettableTicker();
    private final AtomicReference<String> published = new AtomicReference<>("");
    private final Upstream.Behaviour right = (request, socket) -> Upstream.write(socket, published.get());
    private final AtomicReference<Upstream.Behaviour> answering = new AtomicReference<>(right);
    private final Upstream keys =
            Upstream.doing((request, socket) -> answering.get().answer(request, socket));
    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));
    private KeyPair first;
    private KeyPair second;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() throws GeneralSecurityException {
        first = newKey();
        second = newKey();
        publish(Map.of("first", first));
        gateway = GatewayUnderTest.start(
                """
                identity:
                  idp: {type: jwt, issuer: idp, audience: [api], jwks: "%s/keys", insecure: true, algorithms: [ES256]}
                limits: {rejectedCredentials: 100000}
                upstreams:
                  users: {targets: [{url: "%s"}]}
                routes:
                  - {id: users, match: {path: /}, identity: [idp], upstream: users}
                """.formatted(keys.url(), upstream.url()),
                Map.of(),
                Surroundings.real().at(ticker));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        keys.close();
    }

    @Test
    void a_request_that_comes_while_the_keys_are_fetched_is_judged_by_them() throws Exception {
        assertThat(status("first", first)).isEqualTo(200);
        assertThat(keys.seen()).hasSize(1);
    }

    @Test
    void a_new_key_counts_as_soon_as_a_token_names_it_and_an_old_one_until_it_is_gone() throws Exception {
        assertThat(status("first", first)).isEqualTo(200);
        publish(Map.of("first", first, "second", second));
        ticker.advance(Duration.ofSeconds(31));

        assertThat(status("second", second)).isEqualTo(200);
        assertThat(status("first", first)).isEqualTo(200);
        assertThat(keys.seen()).hasSize(2);
        assertThat(status("second", first)).isEqualTo(401);
        assertThat(status("first", second)).isEqualTo(401);
    }

    @Test
    void while_the_issuer_is_away_its_keys_stay_good_and_what_it_never_said_is_unknown() throws Exception {
        assertThat(status("first", first)).isEqualTo(200);
        published.set(Upstream.answer(503, "away"));

        for (var hour = 0; hour < 23; hour++) {
            ticker.advance(Duration.ofHours(1));
            assertThat(status("first", first)).isEqualTo(200);
        }
        var refused = send("second", second);

        Refused.as(refused, Problem.TOKEN_KEY_UNKNOWN, "Token validation failed");
        assertThat(refused.field("www-authenticate")).isEqualTo("Bearer realm=\"gateway\", error=\"invalid_token\"");
    }

    @Test
    void keys_that_are_not_used_are_counted_and_the_others_are_used() throws Exception {
        var usable = jwk("second", (ECPublicKey) second.getPublic());
        publish("{\"keys\":[" + usable + ",{\"kty\":\"oct\",\"k\":\"c2VjcmV0\",\"kid\":\"mac\"}]}");
        ticker.advance(Duration.ofSeconds(31));

        assertThat(status("second", second)).isEqualTo(200);
        assertThat(gateway.bean(PrometheusMeterRegistry.class).scrape())
                .contains("gateway_jwks_keys{mechanism=\"idp\",state=\"used\"} 1.0")
                .contains("gateway_jwks_keys{mechanism=\"idp\",state=\"dropped\"} 1.0");
    }

    static Stream<Upstream.Behaviour> faults() {
        return Stream.of(
                (request, socket) -> {}, // never answers
                (request, socket) -> Upstream.reset(socket),
                (request, socket) -> socket.close(),
                (request, socket) -> {
                    Upstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"keys\":[");
                    socket.close();
                },
                (request, socket) -> Upstream.write(socket, "SSH-2.0-OpenSSH_9.9\r\n\r\n"),
                (request, socket) -> Upstream.write(socket, Upstream.ok("<html>no keys</html>")),
                (request, socket) -> Upstream.write(socket, Upstream.ok("{\"keys\":[")),
                (request, socket) -> Upstream.write(socket, Upstream.ok("x".repeat(300 * 1024))),
                (request, socket) ->
                        Upstream.write(socket, "HTTP/1.1 302 Found\r\nLocation: /keys\r\nContent-Length: 0\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatever_the_issuer_answers_its_keys_stay_good_and_when_it_answers_again_its_new_ones_count(
            Upstream.Behaviour wrong) throws Exception {
        assertThat(status("first", first)).isEqualTo(200);
        publish(Map.of("second", second));
        answering.set(wrong);
        var before = keys.seen().size();
        // Old enough to be fetched anew, and the budget of fetches for unknown keys is full again.
        ticker.advance(Duration.ofMinutes(20));

        for (var i = 0; i < 20; i++) {
            assertThat(status("first", first)).isEqualTo(200);
        }
        assertThat(status("second", second)).isEqualTo(401);
        assertThat(keys.seen()).hasSizeGreaterThan(before);

        answering.set(right);
        assertThat(adopted()).isTrue();
        assertThat(status("first", first)).isEqualTo(401);
    }

    /** Whether the second key came to count; a fetch that is under way may still be waited for, 5 s at most. */
    private boolean adopted() throws GeneralSecurityException {
        for (var i = 0; i < 10_000; i++) {
            ticker.advance(Duration.ofMinutes(2));
            if (status("second", second) == 200) {
                return true;
            }
        }
        return false;
    }

    @Test
    void made_up_ids_ask_the_issuer_twice_a_minute_at_most() throws Exception {
        assertThat(status("first", first)).isEqualTo(200);
        var before = keys.seen().size();
        try (var client = gateway.connect()) {
            for (var second = 0; second < 60; second++) {
                for (var i = 0; i < 10; i++) {
                    var made = client.send(get("made-up-" + second + "-" + i, first))
                            .reply();
                    assertThat(made.status()).isEqualTo(401);
                }
                assertThat(client.send(get("first", first)).reply().status()).isEqualTo(200);
                ticker.advance(Duration.ofSeconds(1));
            }
        }

        assertThat(keys.seen()).hasSizeLessThanOrEqualTo(before + 2);
    }

    private int status(String kid, KeyPair key) throws GeneralSecurityException {
        return send(kid, key).status();
    }

    private Client.Reply send(String kid, KeyPair key) throws GeneralSecurityException {
        return gateway.send(get(kid, key));
    }

    private static String get(String kid, KeyPair key) throws GeneralSecurityException {
        var head = base64(("{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}").getBytes(UTF_8));
        var claims = base64("{\"iss\":\"idp\",\"aud\":\"api\",\"sub\":\"ann\",\"exp\":4102444800}".getBytes(UTF_8));
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.getPrivate());
        signature.update((head + "." + claims).getBytes(US_ASCII));
        return "GET / HTTP/1.1\nHost: a\nAuthorization: Bearer " + head + "." + claims + "." + base64(signature.sign())
                + "\n\n";
    }

    private void publish(Map<String, KeyPair> set) {
        publish(set.entrySet().stream()
                .map(each -> jwk(each.getKey(), (ECPublicKey) each.getValue().getPublic()))
                .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    private void publish(String text) {
        published.set("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + text.length()
                + "\r\n\r\n" + text);
    }

    private static String jwk(String kid, ECPublicKey key) {
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"use\":\"sig\",\"kid\":\"" + kid + "\",\"x\":\""
                + coordinate(key.getW().getAffineX()) + "\",\"y\":\""
                + coordinate(key.getW().getAffineY()) + "\"}";
    }

    private static String coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var whole = new byte[COORDINATE_BYTES];
        var length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, whole, COORDINATE_BYTES - length, length);
        return base64(whole);
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
