package io.triport.identity.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.EmailAddress;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.KeyFile;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jose.TestIssuer;
import io.triport.identity.jwt.TestFetches;
import io.triport.identity.jwt.TestRevocations;
import io.triport.testkit.RecordingIdentityLog;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessMechanismTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TestIssuer TEAM = TestIssuer.of("k1", JwsAlgorithm.RS256);
    private static final TestIssuer CURVE = TestIssuer.of("k1", JwsAlgorithm.ES256);
    private static final String HEADER = "cf-access-jwt-assertion";
    private static final String COMMON = "\"iss\":\"https://acme.example\",\"aud\":[\"tag1\"],\"type\":\"app\",\"iat\":"
            + NOW.getEpochSecond() + ",\"exp\":" + (NOW.getEpochSecond() + 600);
    private static final String PERSON = "{" + COMMON + ",\"sub\":\"u-1\",\"email\":\"Ann@acme.example\"}";
    private static final String SERVICE = "{" + COMMON + ",\"sub\":\"\",\"common_name\":\"abc.access\"}";

    @Test
    void a_person_is_known_by_subject_and_address() {
        var principal = admitted(mechanism(""), PERSON);

        assertThat(principal.kind()).isEqualTo(Principal.Kind.HUMAN);
        assertThat(principal.subject().text()).isEqualTo("u-1");
        assertThat(principal.issuer().text()).isEqualTo("https://acme.example");
        assertThat(principal.claims().email()).contains(EmailAddress.parse("ann@acme.example"));
    }

    @Test
    void a_service_is_known_by_its_client_id() {
        var principal = admitted(mechanism(""), SERVICE);

        assertThat(principal.kind()).isEqualTo(Principal.Kind.SERVICE);
        assertThat(principal.subject().text()).isEqualTo("abc.access");
    }

    @Test
    void a_token_of_nobody_is_refused() {
        assertThat(verify(mechanism(""), "{" + COMMON + "}")).isEqualTo(rejected(Reason.TOKEN_SUBJECT));
        assertThat(verify(mechanism(""), "{" + COMMON + ",\"sub\":\"\"}")).isEqualTo(rejected(Reason.TOKEN_SUBJECT));
        assertThat(verify(mechanism(""), "{" + COMMON + ",\"common_name\":\"abc\"}"))
                .isEqualTo(rejected(Reason.TOKEN_SUBJECT));
    }

    @Test
    void only_rs256_is_taken() {
        var request = TestFetches.GET.with(HEADER, CURVE.token(PERSON)).fetch();

        assertThat(mechanism("").verify(request, NOW)).isEqualTo(rejected(Reason.TOKEN_ALGORITHM));
    }

    @Test
    void a_list_of_addresses_admits_these_people_and_listed_services() {
        assertThat(admitted(mechanism("emails: [' ANN@Acme.Example ']"), PERSON))
                .isNotNull();
        assertThat(verify(mechanism("emails: [bob@acme.example]"), PERSON)).isEqualTo(rejected(Reason.POLICY_DENIED));
        assertThat(verify(mechanism("emails: [ann@acme.example]"), SERVICE)).isEqualTo(rejected(Reason.POLICY_DENIED));
        assertThat(admitted(mechanism("services: [abc.access]"), SERVICE)).isNotNull();
        assertThat(verify(mechanism("services: [abc.access]"), PERSON)).isEqualTo(rejected(Reason.POLICY_DENIED));
    }

    @Test
    void an_address_that_is_not_verified_does_not_count() {
        var claims = PERSON.replace("\"sub\"", "\"email_verified\":false,\"sub\"");

        assertThat(verify(mechanism("emails: [ann@acme.example]"), claims)).isEqualTo(rejected(Reason.POLICY_DENIED));
    }

    @Test
    void the_header_decides_and_the_cookie_beside_it_is_not_looked_at() {
        var both = TestFetches.GET.with(HEADER, TEAM.token(PERSON)).with("cookie", "CF_Authorization=x.y.z");
        var wrong = TestFetches.GET.with(HEADER, "x.y.z").with("cookie", "CF_Authorization=" + TEAM.token(PERSON));

        assertThat(mechanism("").verify(both.by("POST").fetch(), NOW))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(mechanism("").verify(wrong.fetch(), NOW)).isEqualTo(rejected(Reason.TOKEN_MALFORMED));
    }

    @Test
    void of_two_teams_the_one_that_the_assertion_names_judges_it_whatever_the_order() {
        var other = mechanism("other", "other.example", "");
        var gate = new AccessGate(
                Set.of(mechanism(""), other), Set.of(), SettableClock.at(NOW.toString()), new RecordingIdentityLog());
        var request = TestFetches.GET.with(HEADER, TEAM.token(PERSON)).fetch();

        for (var order : List.of(List.of("access", "other"), List.of("other", "access"))) {
            var policy = new RoutePolicy(
                    order.stream().map(MechanismName::new).toList(),
                    Combine.AGREE,
                    Set.of(),
                    ByteSize.ofBytes(0),
                    Duration.ZERO);
            assertThat(gate.admit(request, policy)).isInstanceOf(Decision.Admitted.class);
        }
        assertThat(other.verify(request, NOW)).isEqualTo(rejected(Reason.TOKEN_ISSUER));
    }

    @Test
    void the_cookie_alone_needs_an_origin_to_change_something() {
        var cookie = TestFetches.GET
                .with("cookie", "CF_Authorization=" + TEAM.token(PERSON))
                .with("host", "app.example");

        assertThat(mechanism("").verify(cookie.fetch(), NOW)).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(mechanism("").verify(cookie.by("POST").fetch(), NOW)).isEqualTo(rejected(Reason.ORIGIN_DENIED));
        assertThat(mechanism("")
                        .verify(
                                cookie.by("POST")
                                        .with("sec-fetch-site", "same-origin")
                                        .fetch(),
                                NOW))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void two_assertions_are_ambiguous() {
        var token = TEAM.token(PERSON);
        var headers = TestFetches.GET.with(HEADER, token, token);
        var cookies = TestFetches.GET.with("cookie", "CF_Authorization=" + token + "; CF_Authorization=" + token);

        assertThat(mechanism("").verify(headers.fetch(), NOW)).isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
        assertThat(mechanism("").verify(cookies.fetch(), NOW)).isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
        assertThat(mechanism("").verify(TestFetches.GET.fetch(), NOW)).isEqualTo(rejected(Reason.NO_CREDENTIALS));
    }

    @Test
    void the_team_is_written_with_or_without_its_scheme() {
        var settings = AccessSettings.of(new MechanismName("access"), "https://acme.example", Set.of("tag1"));

        assertThat(settings).isEqualTo(AccessSettings.of(new MechanismName("access"), "acme.example", Set.of("tag1")));
        assertThat(settings.keys().url()).hasToString("https://acme.example/cdn-cgi/access/certs");
        assertThat(read("")).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "emails: []",
                "emails: ['']",
                "emails: [ann]",
                "services: ['']",
                "services: []",
                "skew: 301s",
                "cache: 61s",
                "jwks: http://127.0.0.1/keys",
                "jwks: http://idp.example/keys",
                "emials: [ann@acme.example]"
            })
    void what_cannot_be_meant_stops_the_start(String setting) {
        assertThatThrownBy(() -> read(setting)).isInstanceOf(ConfigError.class);
    }

    private static Principal admitted(AccessMechanism mechanism, String claims) {
        return ((IdentityOutcome.Authenticated) verify(mechanism, claims)).principal();
    }

    private static IdentityOutcome verify(AccessMechanism mechanism, String claims) {
        return mechanism.verify(TestFetches.GET.with(HEADER, TEAM.token(claims)).fetch(), NOW);
    }

    private static AccessMechanism mechanism(String setting) {
        return mechanism("access", "acme.example", setting);
    }

    private static AccessMechanism mechanism(String name, String team, String setting) {
        var keys = KeyFile.read(Bytes.utf8(TEAM.jwk()), SignatureEngine.present());
        return new AccessMechanism(read(name, team, setting), new FixedKeys(keys), new TestRevocations());
    }

    private static AccessSettings read(String setting) {
        return read("access", "acme.example", setting);
    }

    private static AccessSettings read(String name, String team, String setting) {
        var text =
                "identity:\n  " + name + ":\n    teamDomain: " + team + "\n    audience: [tag1]\n    " + setting + "\n";
        var root = new Sources(ConfigFile.parse("gateway.yaml", text), Map.of(), Map.of()).root();
        var settings =
                root.named("identity", AccessSettings::read).values().iterator().next();
        root.refuseUnknown();
        return settings;
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
