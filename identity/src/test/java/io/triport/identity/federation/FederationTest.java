package io.triport.identity.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwkSet;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.JwtMechanism;
import io.triport.identity.jwt.JwtSettings;
import io.triport.identity.jwt.KeyPlace;
import io.triport.identity.jwt.TokenRules;
import io.triport.identity.revocation.RevocationRule;
import io.triport.identity.signer.KeySchedule;
import io.triport.identity.signer.NewToken;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SignerKey;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.identity.signer.TokenSigner;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableTicker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FederationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String BUILD = "https://build.example";
    private static final String CLUSTER = "https://cluster.example";
    private static final TokenSigner BUILDER = signer(BUILD, SigningAlgorithm.ES256);
    private static final TokenSigner CLUSTERER = signer(CLUSTER, SigningAlgorithm.EDDSA);
    private static final String SUBJECT = "repo:acme/web:ref:refs/heads/main";
    private static final String SIGNED = token(BUILDER, SUBJECT, "triport");

    @Test
    void a_subject_that_fits_gets_the_role_and_scopes_that_are_written_for_it() {
        var principal = admitted(federation().judge(token(BUILDER, SUBJECT, "triport"), NOW));

        assertThat(principal.issuer()).isEqualTo(new Issuer(BUILD));
        assertThat(principal.subject().text()).isEqualTo(SUBJECT);
        assertThat(principal.kind()).isEqualTo(Principal.Kind.SERVICE);
        assertThat(principal.roles()).containsExactly(new Role("deployer"));
        assertThat(principal.scopes()).containsExactly(new Scope("objects.write"));
        assertThat(principal.credential().text()).isEqualTo("id-1");
        assertThat(principal.claims().text("run")).contains("7");
    }

    @Test
    void the_first_entry_of_an_issuer_that_fits_decides() {
        var principal = admitted(federation().judge(token(BUILDER, "repo:acme/web:pull_request", "triport"), NOW));

        assertThat(principal.roles()).containsExactly(new Role("reader"));
        assertThat(principal.scopes()).isEmpty();
    }

    @Test
    void a_subject_that_fits_nowhere_is_refused() {
        assertThat(federation().judge(token(BUILDER, "repo:other/web:ref:refs/heads/main", "triport"), NOW))
                .isEqualTo(rejected(Reason.TOKEN_SUBJECT));
    }

    @Test
    void an_issuer_speaks_only_for_itself() {
        var forged = signer(BUILD, SigningAlgorithm.ES256);

        assertThat(federation().judge(token(forged, SUBJECT, "triport"), NOW))
                .isEqualTo(rejected(Reason.TOKEN_KEY_UNKNOWN));
        assertThat(federation().judge(token(CLUSTERER, SUBJECT, "triport"), NOW))
                .isEqualTo(rejected(Reason.TOKEN_SUBJECT));
        assertThat(federation()
                        .judge(
                                token(signer("https://build.example/", SigningAlgorithm.ES256), SUBJECT, "triport"),
                                NOW))
                .isEqualTo(rejected(Reason.TOKEN_ISSUER));
    }

    @Test
    void a_token_for_somebody_else_is_refused() {
        assertThat(federation().judge(token(BUILDER, SUBJECT, "other"), NOW))
                .isEqualTo(rejected(Reason.TOKEN_AUDIENCE));
    }

    @Test
    void a_token_ends_and_is_not_taken_when_it_is_old() {
        var token = token(BUILDER, SUBJECT, "triport");

        assertThat(federation().judge(token, NOW.plus(Duration.ofMinutes(6))))
                .isEqualTo(rejected(Reason.TOKEN_EXPIRED));
        var strict = new Federation(
                new MechanismName("ci"),
                List.of(trusted("deployer", SUBJECT, Duration.ofSeconds(60))),
                FederationTest::keys);
        assertThat(strict.judge(token, NOW.plusSeconds(91))).isEqualTo(rejected(Reason.TOKEN_TOO_OLD));
        admitted(strict.judge(token, NOW.plusSeconds(60)));
    }

    @Test
    void what_is_no_token_is_refused() {
        assertThat(federation().judge("x", NOW)).isEqualTo(rejected(Reason.TOKEN_MALFORMED));
    }

    @Test
    void without_keys_nothing_can_be_judged() {
        var away = new Federation(
                new MechanismName("ci"),
                List.of(trusted("deployer", SUBJECT, Duration.ofHours(1))),
                issuer -> new DiscoveredKeys(
                        issuer, url -> Optional.empty(), place -> FixedKeys.of(), Runnable::run, new SettableTicker()));

        assertThat(away.judge(token(BUILDER, SUBJECT, "triport"), NOW)).isInstanceOf(IdentityOutcome.Unavailable.class);
    }

    @Test
    void a_request_shows_its_token_as_a_bearer_and_a_token_may_be_taken_back() {
        var revocations = new FakeRevocationList(new SettableTicker());
        var mechanism = new FederationMechanism(federation(), revocations, RevocationRule.HARD);
        var bearer = "Bearer " + token(BUILDER, SUBJECT, "triport");

        assertThat(mechanism.present(request())).isFalse();
        assertThat(mechanism.present(request(bearer))).isTrue();
        assertThat(mechanism.verify(request(), NOW)).isEqualTo(rejected(Reason.NO_CREDENTIALS));
        assertThat(mechanism.verify(request(bearer, bearer), NOW)).isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
        admitted(mechanism.verify(request(bearer), NOW));
        revocations.revoke(Revocation.of(new RevocationKey.Token(new Issuer(BUILD), "id-1"), NOW.plusSeconds(600)));
        assertThat(mechanism.verify(request(bearer), NOW)).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
    }

    @Test
    void the_issuer_that_a_token_names_chooses_between_systems_and_an_identity_provider() {
        var revocations = new FakeRevocationList(new SettableTicker());
        var builds = new FederationMechanism(federation(), revocations, RevocationRule.SOFT);
        var rules = TokenRules.of(
                new IssuerRule.Exactly(new Issuer("https://idp.example")),
                new AudienceRule.OneOf(Set.of("triport")),
                Set.of(JwsAlgorithm.ES256));
        var idp = new JwtMechanism(
                JwtSettings.of(new MechanismName("idp"), rules, new KeyPlace.Listed(Bytes.EMPTY)),
                FixedKeys.of(),
                revocations);
        var job = request("Bearer " + token(BUILDER, SUBJECT, "triport"));
        var person =
                request("Bearer " + token(signer("https://idp.example", SigningAlgorithm.ES256), "user-7", "triport"));

        assertThat(idp.yields(job, builds)).isTrue();
        assertThat(builds.yields(job, idp)).isFalse();
        assertThat(builds.yields(person, idp)).isTrue();
        assertThat(idp.yields(person, builds)).isFalse();
    }

    @Test
    void readiness_waits_for_the_keys_of_every_issuer_and_makes_them_be_looked_for() {
        var document = new AtomicReference<Optional<Bytes>>(Optional.empty());
        var ticker = new SettableTicker();
        var federation = new Federation(
                new MechanismName("ci"),
                List.of(trusted("deployer", SUBJECT, Duration.ofHours(1))),
                issuer -> new DiscoveredKeys(
                        issuer, url -> document.get(), place -> FixedKeys.of(), Runnable::run, ticker));

        assertThat(federation.ready()).isFalse();
        document.set(
                Optional.of(Bytes.utf8("{\"issuer\":\"" + BUILD + "\",\"jwks_uri\":\"https://keys.example/set\"}")));
        ticker.advance(Duration.ofSeconds(10));

        assertThat(federation.ready()).isTrue();
    }

    private static Fetch request(String... authorization) {
        return new Fetch(
                new RequestId("test"),
                NOW,
                Method.GET,
                RawTarget.parse("/"),
                authorization.length == 0 ? Headers.NONE : new Headers(Map.of("authorization", List.of(authorization))),
                new Peer(Cidr.literal("192.0.2.7"), TransportSecurity.TLS),
                Content.of(Bytes.EMPTY));
    }

    @Property(tries = 100)
    void one_changed_bit_of_a_token_is_refused(@ForAll @IntRange(max = 100_000) int bit) {
        var characters = SIGNED.toCharArray();
        characters[bit / 7 % characters.length] ^= (char) (1 << bit % 7);

        assertThat(federation().judge(new String(characters), NOW)).isInstanceOf(IdentityOutcome.Rejected.class);
    }

    @Test
    void settings_name_the_issuers() {
        var settings = read("""
            issuers:
              main: {issuer: "https://build.example", jwks: "https://build.example/keys", audience: [triport], subject: "repo:acme/*:x", role: deployer, scopes: [objects.write], maxAge: 10m, algorithms: [RS256]}
              other: {issuer: "https://cluster.example", audience: [triport], subject: "system:serviceaccount:prod:*", role: reader}
            revocation: hard
            """);

        assertThat(settings.places()).isEqualTo(Map.of(new Issuer(BUILD), URI.create("https://build.example/keys")));
        assertThat(settings.revocation()).isEqualTo(RevocationRule.HARD);
        assertThat(settings.issuers())
                .containsExactly(
                        new TrustedIssuer(
                                new Issuer(BUILD),
                                Set.of("triport"),
                                new SubjectPattern("repo:acme/*:x"),
                                Set.of(JwsAlgorithm.RS256),
                                new Role("deployer"),
                                Set.of(new Scope("objects.write")),
                                Duration.ofMinutes(10)),
                        new TrustedIssuer(
                                new Issuer(CLUSTER),
                                Set.of("triport"),
                                new SubjectPattern("system:serviceaccount:prod:*"),
                                TrustedIssuer.USUAL,
                                new Role("reader"),
                                Set.of(),
                                Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issuers: | issuers: none",
                "issuers: {a: {audience: [x], subject: s, role: r}} | issuers.a.issuer: missing",
                "issuers: {a: {issuer: 'http://a.example', audience: [x], subject: s, role: r}} | issuers.a.issuer:"
                        + " http://a.example",
                "issuers: {a: {issuer: 'http://127.0.0.1:1', audience: [x], subject: s, role: r}} | issuers.a.issuer:"
                        + " http://127.0.0.1:1 (expected: an https URL, or http to loopback beside insecure: true)",
                "issuers: {a: {issuer: 'https://a', jwks: 'http://127.0.0.1:1', audience: [x], subject: s, role: r}} |"
                        + " issuers.a.jwks: http://127.0.0.1:1 (expected: an https URL, or http to loopback beside"
                        + " insecure: true)",
                "issuers: {a: {issuer: 'https://a', subject: s, role: r}} | issuers.a.audience: []",
                "issuers: {a: {issuer: 'https://a', audience: [''], subject: s, role: r}} | issuers.a.audience",
                "issuers: {a: {issuer: 'https://a', audience: [x], subject: '*', role: r}} | issuers.a.subject: *"
                        + " (expected: a subject, or a pattern",
                "issuers: {a: {issuer: 'https://a', audience: [x], role: r}} | issuers.a.subject: missing",
                "issuers: {a: {issuer: 'https://a', audience: [x], subject: s}} | issuers.a.role: missing",
                "issuers: {a: {issuer: 'https://a', audience: [x], subject: s, role: r, algorithms: [HS256]}} | HS256",
                "issuers: {a: {issuer: 'https://a', audience: [x], subject: s, role: r, maxAge: 25h}} | maxAge: 25h",
            })
    void what_cannot_be_used_is_an_error_with_its_place(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigError.class).hasMessageContaining(message);
    }

    private static FederationSettings read(String text) {
        var section = new Sources(ConfigFile.parse("f.yml", text), Map.of(), Map.of()).root();
        var settings = FederationSettings.read(section);
        section.refuseUnknown();
        return settings;
    }

    private static Federation federation() {
        var cluster = new TrustedIssuer(
                new Issuer(CLUSTER),
                Set.of("triport"),
                new SubjectPattern("system:serviceaccount:prod:*"),
                TrustedIssuer.USUAL,
                new Role("pod"),
                Set.of(),
                Duration.ofHours(1));
        return new Federation(
                new MechanismName("ci"),
                List.of(
                        trusted("deployer", "repo:acme/*:ref:refs/heads/main", Duration.ofHours(1)),
                        trusted("reader", "repo:acme/*:pull_request", Duration.ofHours(1)),
                        cluster),
                FederationTest::keys);
    }

    private static TrustedIssuer trusted(String role, String pattern, Duration maxAge) {
        return new TrustedIssuer(
                new Issuer(BUILD),
                Set.of("triport"),
                new SubjectPattern(pattern),
                TrustedIssuer.USUAL,
                new Role(role),
                role.equals("deployer") ? Set.of(new Scope("objects.write")) : Set.of(),
                maxAge);
    }

    private static KeySource keys(Issuer issuer) {
        var published =
                (issuer.text().equals(BUILD) ? BUILDER : CLUSTERER).keys(NOW).json();
        return JwkSet.read(Bytes.utf8(published), SignatureEngine.present()) instanceof JwkSet.Usable usable
                ? new FixedKeys(usable.keys())
                : FixedKeys.of();
    }

    private static TokenSigner signer(String issuer, SigningAlgorithm algorithm) {
        var key = SignerKey.parse(Secret.of(PrivateKeyPem.generate(algorithm)));
        return new TokenSigner(new Issuer(issuer), KeySchedule.of(key, Duration.ofMinutes(5)));
    }

    private static String token(TokenSigner signer, String subject, String audience) {
        Map<String, ClaimValue> more = Map.of("run", new ClaimValue.Text("7"));
        return signer.sign(new NewToken(subject, List.of(audience), Duration.ofMinutes(5), "id-1", more), NOW);
    }

    private static Principal admitted(IdentityOutcome outcome) {
        assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
        return ((IdentityOutcome.Authenticated) outcome).principal();
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
