package io.triport.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Cidr;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.TestTokens;
import io.triport.identity.mtls.CertificateSource;
import io.triport.identity.mtls.ForwardedForm;
import io.triport.identity.revocation.RevocationRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JwtSettingsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("JWT_SECRET", TestTokens.SECRET, "SHORT", TestTokens.SECRET.substring(1));

    @Test
    void a_shared_secret_is_read_with_the_usual_rules() {
        var settings = read("""
            issuer: seed
            secret: "${env:JWT_SECRET}"
            algorithms: [HS256]
            audience: [api]
            """);

        assertThat(settings)
                .isEqualTo(JwtSettings.of(
                        new MechanismName("legacy"),
                        TokenRules.of(
                                new IssuerRule.Exactly(new Issuer("seed")),
                                new AudienceRule.OneOf(Set.of("api")),
                                Set.of(JwsAlgorithm.HS256)),
                        new KeyPlace.Shared(Secret.of(TestTokens.SECRET))));
    }

    @Test
    void every_rule_can_be_set() {
        var settings = read("""
            issuer: none
            secret: "${env:JWT_SECRET}"
            audience: none
            skew: 5s
            maxAge: 1h
            requireExp: false
            typ: [at+jwt]
            strictHeader: false
            maxLength: 16KiB
            cache: 0s
            roleClaim: roles
            defaultRole: user
            header: X-Token
            query: token
            onlyUpgrade: true
            revocation: hard
            """);

        assertThat(settings.rules().issuer()).isEqualTo(new IssuerRule.Unnamed());
        assertThat(settings.rules().audience()).isEqualTo(new AudienceRule.Anybody());
        assertThat(settings.rules().lifetime())
                .isEqualTo(new Lifetime(Duration.ofSeconds(5), Duration.ofHours(1), Lifetime.Expiry.OPTIONAL));
        assertThat(settings.rules().header().types()).containsExactly("at+jwt");
        assertThat(settings.rules().longest()).isEqualTo(16_384);
        assertThat(settings.cache()).isZero();
        assertThat(settings.roles()).isEqualTo(new RoleClaim("roles", List.of(new Role("user"))));
        assertThat(settings.places())
                .containsExactly(
                        new TokenPlace.Bearer(), new TokenPlace.Header("x-token"), new TokenPlace.Query("token"));
        assertThat(settings.revocation()).isEqualTo(RevocationRule.HARD);
    }

    @Test
    void a_certificate_is_that_of_the_handshake_or_what_a_proxy_hands_on() {
        var rest = "issuer: seed\nsecret: \"${env:JWT_SECRET}\"\naudience: [api]\n";

        assertThat(read(rest).binding()).isEqualTo(TokenBinding.NONE);
        assertThat(read(rest + "boundTo: mtls").binding()).isEqualTo(TokenBinding.MTLS);
        assertThat(read(rest + "boundTo: mtls\nforwarded: {header: client-cert, from: [10.0.0.2/32]}")
                        .binding())
                .isEqualTo(new TokenBinding.Certificate(new CertificateSource.Forwarded(
                        ForwardedForm.CLIENT_CERT, List.of(Cidr.parse("10.0.0.2/32")), Set.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issuer: seed | issuer: ''",
                "issuer: seed |",
                "audience: [api] |",
                "audience: [api] | audience: []",
                "audience: [api] | audience: ['']",
                "audience: [api] | audience: [none, api]",
                "JWT_SECRET | SHORT",
                "HS256 | none",
                "HS256 | hs256",
                "HS256 | HS512",
                "HS256 | RS256",
                "HS256 | 'HS256, ES256'",
                "[HS256] | []",
                "skew: 30s | skew: 301s",
                "skew: 30s | cache: 61s",
                "skew: 30s | requireExp: false",
                "skew: 30s | typ: []",
                "skew: 30s | query: token",
                "skew: 30s | maxLength: 17KiB",
                "skew: 30s | revocation: perhaps",
                "skew: 30s | boundTo: tls",
                "skew: 30s | 'forwarded: {header: client-cert, from: [10.0.0.2/32]}'",
            })
    void what_would_weaken_a_mechanism_stops_the_start(String part, String other) {
        var whole = """
            issuer: seed
            secret: "${env:JWT_SECRET}"
            algorithms: [HS256]
            audience: [api]
            skew: 30s
            """;
        assertThat(whole).contains(part);

        assertThatThrownBy(() -> read(whole.replace(part, other == null ? "" : other)))
                .isInstanceOf(ConfigError.class)
                .hasMessageStartingWith("gateway.yaml")
                .hasMessageContaining("identity.legacy")
                .hasMessageNotContaining(TestTokens.SECRET.substring(1));
    }

    @Test
    void settings_that_do_not_exist_are_refused() {
        assertThatThrownBy(() -> read("""
            issuer: seed
            secret: "${env:JWT_SECRET}"
            audience: [api]
            leeway: 10s
            """)).isInstanceOf(ConfigError.class).hasMessageContaining("leeway");
    }

    private static JwtSettings read(String body) {
        var text = "identity:\n  legacy:\n" + body.indent(4);
        var root = new Sources(ConfigFile.parse("gateway.yaml", text), ENVIRONMENT, Map.of()).root();
        var settings =
                root.named("identity", JwtSettings::read).values().iterator().next();
        root.refuseUnknown();
        return settings;
    }
}
