package io.triport.identity.jwt;

import static io.triport.identity.jose.TestTokens.hs256;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.CredentialId;
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
import io.triport.domain.identity.Subject;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.TestTokens;
import io.triport.identity.revocation.RevocationRule;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JwtMechanismTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final String CLAIMS = "\"iss\":\"seed\",\"sub\":\"ann\",\"aud\":\"api\",\"exp\":" + (SECOND + 60);

    private final TestRevocations revocations = new TestRevocations();

    @Test
    void the_claims_of_a_token_make_the_principal() {
        var principal = principal(hs256("{" + CLAIMS + ",\"iat\":" + (SECOND - 5)
                + ",\"jti\":\"t1\",\"role\":[\"admin\",\"ops\"],\"scope\":\"a b\",\"scp\":[\"c\"],\"x\":[1]}"));

        assertThat(principal.id()).hasToString("legacy:ann");
        assertThat(principal.issuer()).isEqualTo(new Issuer("seed"));
        assertThat(principal.kind()).isEqualTo(Principal.Kind.HUMAN);
        assertThat(principal.roles()).containsExactly(new Role("admin"), new Role("ops"));
        assertThat(principal.scopes()).containsExactly(new Scope("a"), new Scope("b"), new Scope("c"));
        assertThat(principal.credential()).isEqualTo(new CredentialId("t1"));
        assertThat(principal.authenticatedAt()).isEqualTo(NOW.minusSeconds(5));
        assertThat(principal.verifiedAt()).isEqualTo(NOW);
        assertThat(principal.validUntil()).isEqualTo(NOW.plusSeconds(90));
        assertThat(principal.claims().find("x")).isPresent();
    }

    @Test
    void a_client_that_is_its_own_subject_is_a_service() {
        assertThat(principal(hs256("{" + CLAIMS + ",\"client_id\":\"ann\"}")).kind())
                .isEqualTo(Principal.Kind.SERVICE);
    }

    @Test
    void a_token_without_an_id_is_named_by_a_digest_of_it() {
        var token = hs256("{" + CLAIMS + "}");

        assertThat(principal(token).credential().text()).hasSize(32).isNotEqualTo(token.substring(0, 32));
        assertThat(principal(hs256("{" + CLAIMS + ",\"jti\":\"\\n\"}"))
                        .credential()
                        .text())
                .hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"role\":1",
                "\"role\":[1]",
                "\"role\":\"\"",
                "\"role\":{}",
                "\"scope\":[\"a\"]",
                "\"scope\":\"a\\\"\"",
                "\"scp\":true",
                "\"scp\":[[]]",
                "\"jti\":7",
                "\"sid\":[\"a\"]",
                "\"email\":{}",
                "\"email_verified\":\"yes\"",
                "\"email_verified\":1",
                "\"azp\":true",
                "\"client_id\":[]",
                "\"cnf\":\"x\"",
            })
    void a_known_claim_of_another_type_is_refused(String claim) {
        assertThat(verify(hs256("{" + CLAIMS + "," + claim + "}"))).isEqualTo(rejected(Reason.TOKEN_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"sub\":\"\"", ",\"sub\":\"a\\u0000\"", ",\"sub\":null"})
    void somebody_must_be_spoken_of(String subject) {
        var nobody = CLAIMS.replace(",\"sub\":\"ann\"", "");

        assertThat(verify(hs256("{" + nobody + subject + "}"))).isEqualTo(rejected(Reason.TOKEN_SUBJECT));
    }

    @Test
    void a_token_that_was_taken_back_is_refused() {
        var token = hs256("{" + CLAIMS + ",\"jti\":\"t1\"}");
        revocations.revoke(Revocation.of(new RevocationKey.Token(new Issuer("seed"), "t1"), Instant.MAX));

        assertThat(verify(token)).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
        assertThat(verify(hs256("{" + CLAIMS + ",\"jti\":\"t2\"}"))).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void all_that_was_issued_before_a_time_can_be_taken_back() {
        var holder = new RevocationKey.Holder(new Issuer("seed"), new Subject("ann"));
        revocations.revoke(new Revocation(holder, NOW, Instant.MAX));

        assertThat(verify(hs256("{" + CLAIMS + ",\"iat\":" + (SECOND - 1) + "}")))
                .isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
        assertThat(verify(hs256("{" + CLAIMS + "}"))).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
        assertThat(verify(hs256("{" + CLAIMS + ",\"iat\":" + SECOND + "}")))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void the_scheme_is_read_in_any_case_and_with_any_number_of_blanks() {
        var token = hs256("{" + CLAIMS + "}");

        for (var scheme : List.of("Bearer ", "bearer ", "BEARER    ")) {
            var request = TestFetches.GET.with("authorization", scheme + token).fetch();
            assertThat(mechanism().verify(request, NOW)).isInstanceOf(IdentityOutcome.Authenticated.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic a.b.c", "Bearer\ta.b.c"})
    void what_is_no_bearer_is_not_claimed(String value) {
        var request = TestFetches.GET.with("authorization", value).fetch();

        assertThat(mechanism().present(request)).isFalse();
        assertThat(mechanism().verify(request, NOW)).isEqualTo(rejected(Reason.NO_CREDENTIALS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer tp_live_key", "Bearer a.b", "bearer  a.b.c.d", "Bearer a.b.c"})
    void a_bearer_that_is_no_token_is_malformed_and_not_nobodys(String value) {
        var request = TestFetches.GET.with("authorization", value).fetch();

        assertThat(mechanism().present(request)).isTrue();
        assertThat(mechanism().quick(request)).isTrue();
        assertThat(mechanism().verify(request, NOW)).isEqualTo(rejected(Reason.TOKEN_MALFORMED));
    }

    @Test
    void two_fields_are_ambiguous_whatever_the_other_says() {
        var token = "Bearer " + hs256("{" + CLAIMS + "}");

        for (var other : List.of(token, "Basic YTpi", "Bearer x")) {
            var request = TestFetches.GET.with("authorization", token, other).fetch();
            assertThat(mechanism().present(request)).isTrue();
            assertThat(mechanism().verify(request, NOW)).isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
        }
    }

    @Test
    void a_header_a_cookie_or_a_query_counts_only_where_it_is_configured() {
        var token = hs256("{" + CLAIMS + "}");
        var request = TestFetches.GET
                .with("x-token", token)
                .with("cookie", "a=b; t=" + token)
                .to("/?token=" + token);

        assertThat(mechanism().present(request.fetch())).isFalse();
        assertThat(in(new TokenPlace.Header("X-Token")).verify(request.fetch(), NOW))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(in(new TokenPlace.Query("token")).verify(request.fetch(), NOW))
                .isEqualTo(rejected(Reason.CREDENTIAL_MISPLACED));
        assertThat(in(new TokenPlace.Query("token"))
                        .verify(request.with("upgrade", "WebSocket").fetch(), NOW))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(in(new TokenPlace.Bearer(), new TokenPlace.Header("x-token"))
                        .verify(request.with("authorization", "Bearer " + token).fetch(), NOW))
                .isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, , , true",
        "POST, , , false",
        "POST, https://app.example, , true",
        "POST, http://app.example, , true",
        "POST, https://evil.example, , false",
        "POST, null, , false",
        "POST, , same-origin, true",
        "POST, , same-site, false",
        "POST, https://evil.example, same-origin, false",
        "DELETE, , , false",
    })
    void a_cookie_is_not_used_for_what_another_site_may_have_caused(
            String method, @Nullable String origin, @Nullable String site, boolean admitted) {
        var request = TestFetches.GET
                .by(method)
                .with("host", "app.example")
                .with("cookie", "a=b; t=" + hs256("{" + CLAIMS + "}") + "; c");
        request = origin == null ? request : request.with("origin", origin);
        request = site == null ? request : request.with("sec-fetch-site", site);

        var outcome = in(new TokenPlace.Cookie("t")).verify(request.fetch(), NOW);

        if (admitted) {
            assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
        } else {
            assertThat(outcome).isEqualTo(rejected(Reason.ORIGIN_DENIED));
        }
    }

    private Principal principal(String token) {
        return ((IdentityOutcome.Authenticated) verify(token)).principal();
    }

    private IdentityOutcome verify(String token) {
        return mechanism().verify(TestFetches.bearing(token), NOW);
    }

    private JwtMechanism mechanism() {
        return in(new TokenPlace.Bearer());
    }

    private JwtMechanism in(TokenPlace... places) {
        var rules = TokenRules.of(
                new IssuerRule.Exactly(new Issuer("seed")),
                new AudienceRule.OneOf(Set.of("api")),
                Set.of(JwsAlgorithm.HS256));
        var secret = Secret.of(TestTokens.SECRET);
        var settings = new JwtSettings(
                new MechanismName("legacy"),
                rules,
                new KeyPlace.Shared(secret),
                List.of(places),
                new OriginRule(Set.of()),
                TokenBinding.NONE,
                RoleClaim.DEFAULT,
                JwtSettings.LONGEST_CACHE,
                RevocationRule.SOFT);
        return new JwtMechanism(settings, FixedKeys.of(JwsKey.secret(secret, rules.algorithms())), revocations);
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
