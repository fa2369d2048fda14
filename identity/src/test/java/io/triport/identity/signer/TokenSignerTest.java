package io.triport.identity.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.RequestId;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.signer.KeySchedule.Turn;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenSignerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final SignerKey P256 = key(SigningAlgorithm.ES256);
    private static final SignerKey RSA = key(SigningAlgorithm.RS256);
    private static final SignerKey ED = key(SigningAlgorithm.EDDSA);

    @Test
    void a_token_says_what_it_was_asked_to_and_in_whose_name() throws Exception {
        var token = SignedJWT.parse(signer(P256).sign(token(Map.of("tier", new ClaimValue.Text("gold"))), NOW));

        assertThat(token.getHeader().toJSONObject()).isEqualTo(Map.of("alg", "ES256", "kid", P256.id(), "typ", "JWT"));
        assertThat(token.getJWTClaimsSet().toJSONObject())
                .isEqualTo(Map.of(
                        "iss", "https://gateway.example",
                        "sub", "orders",
                        "aud", "sts.example",
                        "iat", 1767225600L,
                        "nbf", 1767225600L,
                        "exp", 1767225900L,
                        "jti", "id-1",
                        "tier", "gold"));
    }

    @Test
    void another_library_finds_the_key_in_our_set_and_verifies() throws Exception {
        var schedule = new KeySchedule(List.of(new Turn(P256, Instant.MIN), new Turn(RSA, NOW.plusSeconds(10))), LIFE);
        var signer = new TokenSigner(new Issuer("https://gateway.example"), schedule);
        var set = JWKSet.parse(signer.keys(NOW).json());

        for (var now : List.of(NOW, NOW.plusSeconds(10))) {
            var token = SignedJWT.parse(signer.sign(token(Map.of()), now));
            var key = set.getKeyByKeyId(token.getHeader().getKeyID());
            assertThat(verified(token, key)).isTrue();
        }
        assertThat(set.getKeys()).hasSize(2).noneMatch(JWK::isPrivate);
    }

    @Test
    void an_ed25519_token_is_verified_by_the_platform() throws Exception {
        var token = signer(ED).sign(token(Map.of()), NOW);
        var set = JWKSet.parse(signer(ED).keys(NOW).json());
        var point = set.getKeys().getFirst().toOctetKeyPair().getDecodedX();
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(java.security.KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(
                        concat(java.util.HexFormat.of().parseHex("302a300506032b6570032100"), point))));
        verifier.update(token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));

        assertThat(verifier.verify(Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1))))
                .isTrue();
    }

    @Test
    void the_same_token_and_the_same_documents_are_the_same_bytes() {
        for (var key : List.of(P256, RSA, ED)) {
            assertThat(signer(key).sign(token(Map.of()), NOW))
                    .isEqualTo(signer(key).sign(token(Map.of()), NOW));
            assertThat(signer(key).keys(NOW)).isEqualTo(signer(key).keys(NOW));
        }
    }

    @Test
    void the_documents_are_as_others_look_for_them() {
        assertThat(signer(ED).discovery(NOW))
                .isEqualTo(new PublishedDocument(
                        "/.well-known/openid-configuration",
                        "{\"issuer\":\"https://gateway.example\",\"jwks_uri\":\"https://gateway.example/.well-known/jwks.json\","
                            + "\"response_types_supported\":[\"id_token\"],\"subject_types_supported\":[\"public\"],"
                            + "\"id_token_signing_alg_values_supported\":[\"EdDSA\"]}"));
        assertThat(signer(ED).keys(NOW).path()).isEqualTo("/.well-known/jwks.json");
        assertThat(signer(ED).keys(NOW).json())
                .matches("\\{\"keys\":\\[\\{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"[\\w-]{43}\",\"kid\":\""
                        + ED.id() + "\",\"use\":\"sig\",\"alg\":\"EdDSA\"}]}");
    }

    @Test
    void no_token_outlives_what_the_schedule_foresees() {
        var long_ = new NewToken("orders", List.of("a"), LIFE.plusSeconds(1), "id", Map.of());

        assertThatThrownBy(() -> signer(P256).sign(long_, NOW)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void what_follows_from_the_rest_cannot_be_claimed() {
        assertThatThrownBy(() -> token(Map.of("iss", new ClaimValue.Text("https://other.example"))))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new NewToken("s", List.of(), LIFE, "id", Map.of()))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new NewToken("s", List.of("a"), Duration.ofMillis(999), "id", Map.of()))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void keys_change_only_with_notice() {
        var signer = signer(P256);
        var hasty = new KeySchedule(List.of(new Turn(P256, Instant.MIN), new Turn(ED, NOW.plusSeconds(60))), LIFE);
        var polite = new KeySchedule(
                List.of(new Turn(P256, Instant.MIN), new Turn(ED, NOW.plus(Duration.ofHours(24)))), LIFE);

        assertThatThrownBy(() -> signer.adopt(hasty, NOW)).isInstanceOf(InvalidInput.class);
        signer.adopt(polite, NOW);

        assertThat(signer.keys(NOW).json()).contains(P256.id()).contains(ED.id());
    }

    @Test
    void an_assertion_tells_who_is_behind_one_request() throws Exception {
        var principal = principal(Set.of(new Role("admin")), Set.of(new Scope("b.y"), new Scope("a.x")));
        var assertion = new IdentityAssertion(signer(P256), "users", Duration.ofSeconds(60));

        var token = SignedJWT.parse(
                assertion.of(principal, new RequestId("req-1"), Method.POST, "https://users.example/v2/users", NOW));

        assertThat(verified(
                        token,
                        JWKSet.parse(signer(P256).keys(NOW).json()).getKeys().getFirst()))
                .isTrue();
        assertThat(token.getJWTClaimsSet().toJSONObject())
                .hasSize(11)
                .containsEntry("nbf", 1767225600L)
                .containsAllEntriesOf(Map.of(
                        "iss", "https://gateway.example",
                        "sub", "42",
                        "aud", "users",
                        "iat", 1767225600L,
                        "exp", 1767225660L,
                        "jti", "req-1",
                        "htm", "POST",
                        "htu", "https://users.example/v2/users",
                        "role", "admin",
                        "scope", "a.x b.y"));
    }

    @Test
    void an_assertion_without_roles_and_scopes_claims_none_and_lives_a_minute_at_most() throws Exception {
        var assertion = new IdentityAssertion(signer(P256), "users", Duration.ofSeconds(1));

        var token = SignedJWT.parse(assertion.of(
                principal(Set.of(), Set.of()), new RequestId("req-1"), Method.GET, "https://users.example/", NOW));

        assertThat(token.getJWTClaimsSet().toJSONObject()).doesNotContainKeys("role", "scope");
        assertThatThrownBy(() -> new IdentityAssertion(signer(P256), "users", Duration.ofSeconds(61)))
                .isInstanceOf(InvalidInput.class);
    }

    @Property(tries = 200)
    void any_text_in_a_claim_is_read_back(@ForAll @StringLength(max = 40) String text) throws Exception {
        var token = SignedJWT.parse(signer(ED).sign(token(Map.of("note", new ClaimValue.Text(wellFormed(text)))), NOW));

        assertThat(token.getJWTClaimsSet().getStringClaim("note")).isEqualTo(wellFormed(text));
    }

    @Test
    void settings_name_the_issuer_and_the_turns() {
        var environment = Map.of(
                "FIRST", PrivateKeyPem.generate(SigningAlgorithm.ES256),
                "SECOND", PrivateKeyPem.generate(SigningAlgorithm.EDDSA));
        var text = """
            issuer: https://gateway.example
            longestLife: 10m
            keys:
              second: {key: "${env:SECOND}", useFrom: 2026-03-01T00:00:00Z}
              first: {key: "${env:FIRST}"}
            """;

        var settings = SignerSettings.read(new Sources(ConfigFile.parse("f.yml", text), environment, Map.of()).root());

        assertThat(settings.issuer()).isEqualTo(new Issuer("https://gateway.example"));
        assertThat(settings.schedule().longestLife()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.schedule().turns())
                .extracting(Turn::useFrom)
                .containsExactly(Instant.MIN, Instant.parse("2026-03-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys: {a: {key: '${env:KEY}'}} | issuer: missing",
                "{issuer: 'http://a.example', keys: {a: {key: '${env:KEY}'}}} | issuer: http://a.example",
                "{issuer: 'https://a.example/', keys: {a: {key: '${env:KEY}'}}} | issuer: https://a.example/",
                "{issuer: 'https://a.example?x', keys: {a: {key: '${env:KEY}'}}} | issuer: https://a.example?x",
                "issuer: https://a.example | keys: (these keys) (expected: keys: 1 or more)",
                "{issuer: 'https://a.example', keys: {a: {}}} | keys.a.key: missing",
                "{issuer: 'https://a.example', keys: {a: {key: '${env:BAD}'}}} | keys.a.key: (not shown)",
                "{issuer: 'https://a.example', keys: {a: {key: '${env:KEY}'}, b: {key: '${env:KEY}'}}} | each key once",
            })
    void what_cannot_be_used_is_an_error_with_its_place(String text, String message) {
        var environment = Map.of("KEY", PrivateKeyPem.generate(SigningAlgorithm.ES256), "BAD", "x");
        var section = new Sources(ConfigFile.parse("f.yml", text), environment, Map.of()).root();

        assertThatThrownBy(() -> SignerSettings.read(section))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(message);
    }

    private static boolean verified(SignedJWT token, JWK key) throws Exception {
        return switch (key.getKeyType().getValue()) {
            case "EC" -> token.verify(new ECDSAVerifier(key.toECKey()));
            default -> token.verify(new RSASSAVerifier(key.toRSAKey()));
        };
    }

    /** Half a surrogate pair is no text that UTF-8 could carry. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static NewToken token(Map<String, ClaimValue> more) {
        return new NewToken("orders", List.of("sts.example"), LIFE, "id-1", more);
    }

    private static TokenSigner signer(SignerKey key) {
        return new TokenSigner(new Issuer("https://gateway.example"), KeySchedule.of(key, LIFE));
    }

    private static SignerKey key(SigningAlgorithm algorithm) {
        return SignerKey.parse(Secret.of(PrivateKeyPem.generate(algorithm)));
    }

    private static Principal principal(Set<Role> roles, Set<Scope> scopes) {
        return new Principal(
                new PrincipalId(new MechanismName("idp"), new Issuer("https://idp.example"), new Subject("42")),
                Principal.Kind.HUMAN,
                roles,
                scopes,
                Claims.NONE,
                new CredentialId("c"),
                NOW,
                NOW,
                NOW.plusSeconds(600),
                AuthStrength.BEARER);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var joined = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
