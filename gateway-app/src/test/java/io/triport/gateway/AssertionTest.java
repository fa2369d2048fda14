package io.triport.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Issuer;
import io.triport.domain.request.Bytes;
import io.triport.identity.config.ConfigError;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwkSet;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.TokenCheck;
import io.triport.identity.jwt.TokenRules;
import io.triport.identity.jwt.TokenVerifier;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SigningAlgorithm;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The signed word of the gateway on who the caller is. */
@ExtendWith(LeakWatch.class)
final class AssertionTest {
    private static final String ISSUER = "https://gateway.example/edge";
    private static final String FIRST = PrivateKeyPem.generate(SigningAlgorithm.ES256);
    private static final String SECOND = PrivateKeyPem.generate(SigningAlgorithm.EDDSA);
    private static final String RSA = PrivateKeyPem.generate(SigningAlgorithm.RS256);

    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));

    @AfterEach
    void stop() {
        upstream.close();
    }

    private String file(String signer) {
        return """
            signer: %s
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
            upstreams:
              users: {targets: [{url: "%s/base"}]}
            routes:
              - id: users
                match: {path: /users}
                identity: [legacy, anyone]
                identityAssertion: {audience: users, ttl: 30s}
                path: {strip: /users}
                upstream: users
            """.formatted(signer, upstream.url());
    }

    private static String signer(String key) {
        return "{issuer: " + ISSUER + ", keys: {first: {key: \"${env:" + key + "}\"}}}";
    }

    private GatewayUnderTest start(String file) {
        return GatewayUnderTest.start(
                file, Map.of("JWT_SECRET", Tokens.SECRET, "FIRST", FIRST, "SECOND", SECOND, "RSA", RSA));
    }

    @ParameterizedTest
    @EnumSource(
            value = SigningAlgorithm.class,
            names = {"ES256", "EDDSA"})
    void an_upstream_can_check_who_the_caller_is_with_the_keys_that_are_published(SigningAlgorithm algorithm) {
        try (var gateway = start(file(signer(algorithm == SigningAlgorithm.ES256 ? "FIRST" : "SECOND")))) {
            var before = Instant.now().getEpochSecond();
            var token = Tokens.signed(
                    "{\"sub\":\"alice\",\"role\":\"admin\",\"scope\":\"b a\",\"exp\":4102444800}", Tokens.SECRET);
            var reply = gateway.send(
                    "GET /users/7?full=1 HTTP/1.1\nHost: a\nX-Identity-Assertion: forged\nAuthorization: Bearer "
                            + token + "\n\n");
            var published = gateway.send("GET /.well-known/jwks.json HTTP/1.1\nHost: a\n\n");

            assertThat(published.status()).isEqualTo(200);
            assertThat(published.field("content-type")).isEqualTo("application/json");
            assertThat(published.field("cache-control")).isEqualTo("public, max-age=600");
            var seen = upstream.seen().getFirst();
            assertThat(seen.fields("x-identity-assertion")).hasSize(1);
            var claims = verified(seen.field("x-identity-assertion"), published.body())
                    .claims();
            assertThat(claims.text("sub")).contains("alice");
            assertThat(claims.text("role")).contains("admin");
            assertThat(claims.text("scope")).contains("a b");
            assertThat(claims.text("jti")).contains(reply.field("x-request-id"));
            assertThat(claims.text("htm")).contains("GET");
            assertThat(claims.text("htu")).contains(upstream.url() + "/base/7");
            assertThat(number(claims.find("iat").orElseThrow())).isBetween(before, before + 60);
            assertThat(number(claims.find("exp").orElseThrow())
                            - number(claims.find("iat").orElseThrow()))
                    .isEqualTo(30);
        }
    }

    @Test
    void nothing_is_said_of_nobody_and_nothing_of_a_client_comes_through() {
        try (var gateway = start(file(signer("FIRST")))) {
            gateway.send("GET /users HTTP/1.1\nHost: a\nX-Identity-Assertion: forged\n\n");

            assertThat(upstream.seen().getFirst().names()).doesNotContain("x-identity-assertion");
        }
    }

    @Test
    void a_server_that_is_asked_again_is_told_what_is_asked_of_it() {
        try (var broken = Upstream.answering("HTTP/1.1 503 Away\r\nContent-Length: 0\r\n\r\n");
                var gateway = start(file(signer("FIRST"))
                        .replace(
                                "{targets: [",
                                "{retry: {budget: 100%}, targets: [{url: \"" + broken.url() + "\"}, "))) {
            var bearer = "Authorization: Bearer " + Tokens.of("alice") + "\n";
            for (var i = 0; i < 2; i++) {
                assertThat(gateway.send("GET /users/7 HTTP/1.1\nHost: a\n" + bearer + "\n")
                                .body())
                        .isEqualTo("hello");
            }

            var keys = gateway.send("GET /.well-known/jwks.json HTTP/1.1\nHost: a\n\n")
                    .body();
            assertThat(broken.seen()).isNotEmpty();
            assertThat(asked(broken, keys)).containsOnly(broken.url() + "/7");
            assertThat(asked(upstream, keys)).containsOnly(upstream.url() + "/base/7");
        }
    }

    private static List<String> asked(Upstream server, String keys) {
        return server.seen().stream()
                .map(request -> verified(request.field("x-identity-assertion"), keys))
                .map(token -> token.claims().text("htu").orElse(""))
                .toList();
    }

    @Test
    void the_documents_are_read_and_nothing_else() {
        try (var gateway = start(file(signer("FIRST")));
                var client = gateway.connect()) {
            for (var path : new String[] {"", "/edge"}) {
                var found = client.send("GET " + path + "/.well-known/openid-configuration HTTP/1.1\nHost: a\n\n")
                        .reply();
                assertThat(found.body()).contains("\"issuer\":\"" + ISSUER + "\"", ISSUER + "/.well-known/jwks.json");
            }
            var head = client.send("HEAD /.well-known/jwks.json HTTP/1.1\nHost: a\n\n")
                    .reply("HEAD");
            assertThat(head.status()).isEqualTo(200);
            assertThat(Integer.parseInt(head.field("content-length"))).isGreaterThan(100);
            var posted = client.send("POST /.well-known/jwks.json HTTP/1.1\nHost: a\nContent-Length: 1\n\nx")
                    .reply();
            assertThat(posted.status()).isEqualTo(405);
            assertThat(posted.field("allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void a_key_that_nobody_could_know_yet_is_not_taken_up_by_a_running_gateway() {
        try (var gateway = start(file(signer("FIRST")))) {
            assertThatThrownBy(() -> gateway.reload(file(signer("SECOND"))))
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("signer.keys");
            var soon = "{issuer: " + ISSUER
                    + ", keys: {first: {key: \"${env:FIRST}\"}, second: {key: \"${env:SECOND}\", useFrom: "
                    + Instant.now().plusSeconds(86_500).truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + "}}}";

            gateway.reload(file(soon));

            assertThat(gateway.send("GET /.well-known/jwks.json HTTP/1.1\nHost: a\n\n")
                            .body())
                    .contains("\"kid\"");
        }
    }

    @Test
    void what_could_not_be_signed_stops_the_start() {
        assertThatThrownBy(() -> start(file(signer("RSA")))).hasMessageContaining("keys of P-256 or Ed25519");
        assertThatThrownBy(() -> start(file(signer("FIRST")).replaceFirst("signer: .*", "")))
                .hasMessageContaining("routes[0].identityAssertion: nobody signs it");
        assertThatThrownBy(() -> start(file(signer("FIRST")).replace("ttl: 30s", "ttl: 61s")))
                .hasMessageContaining("identityAssertion.ttl: 61s");
        assertThatThrownBy(() ->
                        start(file("{issuer: " + ISSUER + ", longestLife: 10s, keys: {a: {key: \"${env:FIRST}\"}}}")))
                .hasMessageContaining("at most signer.longestLife");
    }

    private static TokenCheck.Verified verified(String token, String keys) {
        var header = new String(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), UTF_8);
        assertThat(header).contains("\"kid\"");
        var set = (JwkSet.Usable) JwkSet.read(Bytes.utf8(keys), SignatureEngine.present());
        var rules = TokenRules.of(
                new IssuerRule.Exactly(new Issuer(ISSUER)),
                new AudienceRule.OneOf(Set.of("users")),
                Set.of(JwsAlgorithm.ES256, JwsAlgorithm.EDDSA));
        var check = new TokenVerifier(rules, new FixedKeys(set.keys())).check(token, Instant.now());
        assertThat(check).isInstanceOf(TokenCheck.Verified.class);
        return (TokenCheck.Verified) check;
    }

    private static long number(ClaimValue value) {
        return ((ClaimValue.Numeric) value).number().longValueExact();
    }
}
