package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy whose backend is another one, that takes its word for who it is. */
final class FederationTest {
    private static final String KEY = PrivateKeyPem.generate(SigningAlgorithm.ES256);
    private static final String OLD_KEY = PrivateKeyPem.generate(SigningAlgorithm.RS256);
    private static final String INNER = """
        session_token_keys: [{kid: one, key: "${env:RING}"}]
        buckets: [{name: inner, backend_type: memory}]
        roles:
          - role_id: peer
            trusted_oidc_issuers: [{issuer: "ISSUER", insecure: true}]
            required_audiences: [sts.amazonaws.com]
            subject_conditions: s3-proxy
            claim_conditions: {team: storage}
            allowed_scopes: [{bucket: inner, prefixes: [mine/], actions: ["*"]}]
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """;
    private static final String OUTER = """
        oidc_provider:
          issuer: "ISSUER"
          keys: [{kid: new, key: "${env:KEY}"}, "${env:OLD_KEY}"]
        buckets:
          - name: outer
            backend_type: s3
            backend_prefix: mine
            backend_options: &peer
              endpoint: "INNER"
              bucket_name: inner
              auth_type: oidc
              oidc_role_arn: arn:aws:iam::000000000000:role/peer
              oidc_claims: {team: storage}
              sts_endpoint: "INNER/.sts"
          - name: same
            backend_type: s3
            backend_options:
              endpoint: "INNER"
              bucket_name: inner
              auth_type: oidc
              oidc_role_arn: arn:aws:iam::000000000000:role/peer
              oidc_claims: {team: storage}
              sts_endpoint: "INNER/.sts"
          - name: stranger
            backend_type: s3
            backend_options:
              endpoint: "INNER"
              bucket_name: inner
              auth_type: oidc
              oidc_role_arn: arn:aws:iam::000000000000:role/peer
              oidc_subject: stranger
              oidc_claims: {team: storage}
              sts_endpoint: "INNER/.sts"
          - name: nowhere
            backend_type: s3
            backend_options:
              endpoint: "INNER"
              auth_type: oidc
              oidc_role_arn: arn:aws:iam::000000000000:role/peer
              sts_endpoint: "http://127.0.0.1:1/"
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """;

    private final SettableClock clock = SettableClock.at("2026-06-01T12:00:00Z");
    private final AtomicReference<@Nullable ProxyUnderTest> published = new AtomicReference<>();
    private final HttpServer front = front();
    private final String issuer = "http://127.0.0.1:" + front.getAddress().getPort();
    private final ProxyUnderTest inner = ProxyUnderTest.start(
            INNER.replace("ISSUER", issuer),
            Map.of("SECRET", ProxyUnderTest.SECRET, "RING", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
            clock);
    private final ProxyUnderTest outer = ProxyUnderTest.start(
            OUTER.replace("ISSUER", issuer)
                    .replace("&peer", "")
                    .replace("INNER", "http://127.0.0.1:" + inner.address().getPort()),
            Map.of("SECRET", ProxyUnderTest.SECRET, "KEY", KEY, "OLD_KEY", OLD_KEY),
            clock);

    /** Where the world sees the outer proxy: its port is known only after its settings were read. */
    private HttpServer front() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                var behind = published.get();
                var answer = behind == null
                        ? new ProxyUnderTest.Answer(503, Map.of(), "")
                        : behind.unsigned("GET", exchange.getRequestURI().toString(), Map.of(), "");
                var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(bytes);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void publish() {
        published.set(outer);
    }

    @AfterEach
    void stop() {
        outer.close();
        inner.close();
        front.stop(0);
    }

    @Test
    void what_is_put_and_got_through_it_reaches_the_other_with_a_session() {
        assertThat(outer.send("PUT", "/outer/a", Map.of(), "text").status()).isEqualTo(200);

        assertThat(outer.send("GET", "/outer/a").body()).isEqualTo("text");
        assertThat(inner.send("GET", "/inner/mine/a").body()).isEqualTo("text");
        assertThat(sessions("granted")).isEqualTo(1);
        assertThat(exchanges("exchanged")).isEqualTo(1);
    }

    @Test
    void buckets_that_are_the_same_to_the_other_side_share_a_credential() {
        outer.send("PUT", "/outer/a", Map.of(), "text");

        assertThat(outer.send("GET", "/same/mine/a").body()).isEqualTo("text");
        assertThat(exchanges("exchanged")).isEqualTo(1);
    }

    @Test
    void the_other_side_still_decides_what_the_session_opens() {
        inner.send("PUT", "/inner/theirs", Map.of(), "text");

        assertThat(outer.send("GET", "/same/theirs").status()).isEqualTo(403);
    }

    @Test
    void after_the_end_of_a_credential_there_is_another() {
        outer.send("PUT", "/outer/a", Map.of(), "text");

        clock.advance(Duration.ofHours(2));

        assertThat(outer.send("GET", "/outer/a").body()).isEqualTo("text");
        assertThat(exchanges("exchanged")).isEqualTo(2);
    }

    @Test
    void who_is_refused_there_is_told_the_code_of_it_alone() {
        var answer = outer.send("GET", "/stranger/a");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.element("Code")).isEqualTo("BackendAuthenticationFailed");
        assertThat(answer.element("Message")).endsWith("Its provider answered AccessDenied.");
        assertThat(answer.body()).doesNotContain("peer", "stranger.", "Not authorized", "eyJ");
        assertThat(exchanges("refused")).isEqualTo(1);
    }

    @Test
    void without_an_answer_there_is_no_code_and_no_address() {
        var answer = outer.send("GET", "/nowhere/a");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.element("Code")).isEqualTo("BackendAuthenticationFailed");
        assertThat(answer.body()).doesNotContain("answered", "127.0.0.1");
        assertThat(exchanges("unreachable")).isEqualTo(1);
    }

    @Test
    void everybody_may_read_where_the_keys_are_and_the_public_half_of_them() {
        var discovery = outer.unsigned("GET", "/.well-known/openid-configuration", Map.of(), "");
        var keys = outer.unsigned("GET", "/.well-known/jwks.json", Map.of(), "");

        assertThat(discovery.status()).isEqualTo(200);
        assertThat(discovery.body())
                .contains("\"issuer\":\"" + issuer + "\"", "\"jwks_uri\":\"" + issuer + "/.well-known/jwks.json\"")
                .contains("\"response_types_supported\":[\"id_token\"]", "\"subject_types_supported\":[\"public\"]")
                .contains("\"id_token_signing_alg_values_supported\":[\"ES256\",\"RS256\"]");
        assertThat(keys.header("content-type")).isEqualTo("application/json");
        assertThat(keys.header("cache-control")).isEqualTo("public, max-age=300");
        assertThat(keys.body()).contains("\"kid\":\"new\"", "\"kty\":\"RSA\"").doesNotContain("\"d\":", "\"p\":");
    }

    @Test
    void a_document_that_has_not_changed_is_not_sent_again() {
        var tag = outer.unsigned("GET", "/.well-known/jwks.json", Map.of(), "").header("etag");

        assertThat(tag).matches("\"[0-9a-f]{64}\"");
        assertThat(outer.unsigned("GET", "/.well-known/jwks.json", Map.of("if-none-match", tag), "")
                        .status())
                .isEqualTo(304);
        assertThat(outer.unsigned("DELETE", "/.well-known/jwks.json", Map.of(), "")
                        .status())
                .isEqualTo(405);
    }

    private double exchanges(String outcome) {
        return outer.part(MeterRegistry.class)
                .get("backend.credential.exchanges")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double sessions(String outcome) {
        return inner.part(MeterRegistry.class)
                .get("sts.sessions")
                .tags("role", "peer", "outcome", outcome)
                .counter()
                .count();
    }
}
