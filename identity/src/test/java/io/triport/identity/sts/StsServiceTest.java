package io.triport.identity.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.domain.access.ScopeTemplate;
import io.triport.domain.access.TrustedProvider;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.identity.federation.HttpDocuments;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jose.TestIssuer;
import io.triport.identity.jose.TestTokens;
import io.triport.identity.jwks.HttpJwksClient;
import io.triport.identity.jwks.PublishedKeys;
import io.triport.identity.jwt.TestRevocations;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.revocation.RevocationRule;
import io.triport.identity.sigv4.SigV4Mechanism;
import io.triport.identity.sigv4.SigV4Problem;
import io.triport.identity.sigv4.SigV4Settings;
import io.triport.identity.sigv4.TestSigning;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StsServiceTest {
    private static final TestIssuer KEY = TestIssuer.of("k1", JwsAlgorithm.ES256);
    private static final TestIssuer NEXT = TestIssuer.of("k2", JwsAlgorithm.RS256);
    private static final RoleId READER = new RoleId("reader");
    private static final String ARN = "arn:aws:iam::123456789012:role/reader";

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final ProviderServer provider = new ProviderServer(KEY);
    private final HttpJwksClient jwks = new HttpJwksClient();
    private final Map<RoleId, AssumableRole> roles = new ConcurrentHashMap<>(Map.of(READER, role()));
    private final Map<AccessKeyId, AccessKey> keys = new ConcurrentHashMap<>();
    private final TestRevocations revocations = new TestRevocations();
    private final SealedSessions sessions = new SealedSessions(
            TestRing.ring(TestRing.FIRST),
            id -> Optional.ofNullable(keys.get(id)),
            id -> Optional.ofNullable(roles.get(id)),
            new SeededRandomness(3));
    private final SigV4Mechanism mechanism = new SigV4Mechanism(
            SigV4Mechanism.NAME,
            SigV4Settings.s3("us-east-1"),
            id -> Optional.ofNullable(keys.get(id)),
            sessions,
            new RevocationGuard(revocations, RevocationRule.SOFT));
    private final StsService sts = service(StsSettings.DEFAULT);

    @AfterEach
    void stop() {
        provider.close();
        jwks.close();
    }

    @Test
    void a_token_of_a_trusted_issuer_is_exchanged_for_a_session() {
        var assumed = assumed(Map.of());

        assertThat(assumed.subject()).isEqualTo("alice");
        assertThat(assumed.audience()).isEqualTo("s3");
        assertThat(assumed.provider()).isEqualTo(provider.issuer().text());
        assertThat(assumed.user().arn()).isEqualTo("arn:aws:sts::000000000000:assumed-role/reader/ci");
        assertThat(assumed.user().roleId()).matches("AROA[A-Z2-7]{16}:ci");
        assertThat(assumed.credentials().id().text()).matches("ASIA[A-Z2-7]{16}");
        assertThat(assumed.credentials().secret().size()).isEqualTo(40);
        assertThat(assumed.credentials().expiresAt()).isEqualTo(clock.in(Duration.ofHours(1)));
    }

    @Test
    void a_session_opens_what_its_role_says_of_its_bearer() {
        var admitted = (IdentityOutcome.Authenticated) use(assumed(Map.of()).credentials());

        assertThat(permits(admitted, Action.OBJECT_GET, "alice/x")).isTrue();
        assertThat(permits(admitted, Action.OBJECT_LIST, "alice/")).isTrue();
        assertThat(permits(admitted, Action.OBJECT_GET, "bob/x")).isFalse();
        assertThat(permits(admitted, Action.OBJECT_PUT, "alice/x")).isFalse();
        assertThat(admitted.principal().roles()).extracting(role -> role.text()).containsExactly("reader");
        assertThat(admitted.principal().subject().text()).isEqualTo("reader/ci");
    }

    @Test
    void a_session_ends_when_it_says_so() {
        var credentials = assumed(Map.of("DurationSeconds", "900")).credentials();

        clock.advance(Duration.ofSeconds(899));
        assertThat(use(credentials)).isInstanceOf(IdentityOutcome.Authenticated.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(use(credentials)).isInstanceOf(IdentityOutcome.Rejected.class);
        assertThat(problem(credentials)).isEqualTo("ExpiredToken");
    }

    @Test
    void a_session_of_another_is_not_opened_with_ones_own_key() {
        var one = assumed(Map.of()).credentials();
        var other = assumed(Map.of()).credentials();
        var mixed = new StsAnswer.Credentials(one.id(), one.secret(), other.token(), one.expiresAt());

        assertThat(problem(mixed)).isEqualTo("InvalidToken");
    }

    @Test
    void a_session_needs_its_secret() {
        var one = assumed(Map.of()).credentials();
        var guessed = new StsAnswer.Credentials(one.id(), Secret.of("x".repeat(40)), one.token(), one.expiresAt());

        assertThat(problem(guessed)).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void sessions_of_a_role_are_revoked_by_time_and_with_the_role() {
        var credentials = assumed(Map.of()).credentials();

        roles.put(READER, role(clock.instant().plusSeconds(1)));
        assertThat(problem(credentials)).isEqualTo("AccessDenied");
        roles.put(READER, role(clock.instant()));
        assertThat(use(credentials)).isInstanceOf(IdentityOutcome.Authenticated.class);
        roles.clear();
        assertThat(problem(credentials)).isEqualTo("AccessDenied");
    }

    @Test
    void a_single_session_is_revoked_by_its_token_id() {
        var one = assumed(Map.of()).credentials();
        var other = assumed(Map.of()).credentials();
        var admitted = (IdentityOutcome.Authenticated) use(one);
        var id = admitted.principal().claims().text("jti").orElseThrow();

        revocations.revoke(
                Revocation.of(new RevocationKey.Token(SealedSessions.ISSUER, id), clock.in(Duration.ofHours(1))));

        assertThat(problem(one)).isEqualTo("AccessDenied");
        assertThat(use(other)).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void each_problem_of_a_token_has_its_own_message() {
        assertRefused(Map.of("WebIdentityToken", "x"), "InvalidIdentityToken", "The token is not a signed token");
        assertRefused(
                token(KEY, Map.of("iss", "\"https://other.example\"")),
                "InvalidIdentityToken",
                "The issuer of the token is not trusted by the role");
        assertRefused(
                Map.of("WebIdentityToken", TestTokens.hs256(claims(Map.of()))),
                "InvalidIdentityToken",
                "The algorithm of the token is not allowed by the role");
        assertRefused(
                Map.of(
                        "WebIdentityToken",
                        TestTokens.signed("{\"alg\":\"none\"}", claims(Map.of()), text -> new byte[1])),
                "InvalidIdentityToken",
                "The algorithm of the token is not allowed by the role");
        assertRefused(
                token(TestIssuer.of("k9", JwsAlgorithm.ES256), Map.of()),
                "InvalidIdentityToken",
                "The key of the token is not among those of its issuer");
        assertRefused(
                token(TestIssuer.of("k1", JwsAlgorithm.ES256), Map.of()),
                "InvalidIdentityToken",
                "The signature of the token does not match");
        assertRefused(
                token(KEY, Map.of("exp", seconds(-60))),
                "ExpiredTokenException",
                "The token has expired, or does not say when it does");
        assertRefused(token(KEY, Map.of("nbf", seconds(61))), "InvalidIdentityToken", "The token is not valid yet");
        assertRefused(token(KEY, Map.of("iat", seconds(61))), "InvalidIdentityToken", "The token is not valid yet");
        assertRefused(token(KEY, Map.of("sub", "1")), "InvalidIdentityToken", "The token is malformed");
    }

    @Test
    void all_that_is_about_the_role_has_one_message() {
        var denied = "Not authorized to assume the role";
        assertRefused(Map.of("RoleArn", "arn:aws:iam::123456789012:role/other"), "AccessDenied", denied);
        assertRefused(token(KEY, Map.of("aud", "\"other\"")), "AccessDenied", denied);
        assertRefused(token(KEY, Map.of("aud", "\"other\"", "azp", "\"s3\"")), "AccessDenied", denied);
        assertRefused(token(KEY, Map.of("sub", "\"mallory\"")), "AccessDenied", denied);
        assertRefused(token(KEY, Map.of("team", "\"red\"")), "AccessDenied", denied);
        assertRefused(token(KEY, Map.of("team", "null")), "AccessDenied", denied);
    }

    @Test
    void times_of_a_token_may_be_a_minute_off() {
        assertThat(assume(token(KEY, Map.of("exp", seconds(-59))))).isInstanceOf(StsAnswer.AssumedByToken.class);
        assertThat(assume(token(KEY, Map.of("nbf", seconds(60))))).isInstanceOf(StsAnswer.AssumedByToken.class);
    }

    @Test
    void an_issuer_may_replace_its_keys() {
        assertThat(assume(token(KEY, Map.of()))).isInstanceOf(StsAnswer.AssumedByToken.class);

        provider.publishes(NEXT, KEY);
        assertThat(assume(token(NEXT, Map.of()))).isInstanceOf(StsAnswer.AssumedByToken.class);

        provider.publishes(NEXT);
        ticker.advance(Duration.ofSeconds(31));
        assertRefused(
                token(TestIssuer.of("k3", JwsAlgorithm.RS256), Map.of()),
                "InvalidIdentityToken",
                "The key of the token is not among those of its issuer");
        assertRefused(
                token(KEY, Map.of()), "InvalidIdentityToken", "The key of the token is not among those of its issuer");
    }

    @Test
    void an_issuer_that_cannot_be_reached_is_told_apart() {
        provider.close();

        assertRefused(token(KEY, Map.of()), "IDPCommunicationError", "The keys of the issuer could not be fetched");
    }

    @Test
    void a_session_has_a_length_that_the_role_allows() {
        for (var bad : List.of("899", "3601", "-1", "x", "99999999999")) {
            assertThat(assume(Map.of("DurationSeconds", bad)))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            StsAnswer.Refused.class,
                            refused ->
                                    assertThat(refused.problem().code().text()).isEqualTo("ValidationError"));
        }
        var clamping = service(new StsSettings(StsSettings.DurationRule.CLAMPED));
        assertThat(((StsAnswer.AssumedByToken) clamping.assumeByToken(parameters(Map.of("DurationSeconds", "999999"))))
                        .credentials()
                        .expiresAt())
                .isEqualTo(clock.in(Duration.ofHours(1)));
    }

    @Test
    void parameters_that_are_missing_or_malformed_are_told() {
        assertThat(code(assume(Map.of("RoleSessionName", "")))).isEqualTo("MissingParameter");
        assertThat(code(assume(Map.of("RoleSessionName", "a b")))).isEqualTo("ValidationError");
        assertThat(code(assume(Map.of("WebIdentityToken", "")))).isEqualTo("MissingParameter");
        assertThat(code(assume(Map.of("RoleArn", "arn:aws:iam::1:role/reader"))))
                .isEqualTo("ValidationError");
        assertThat(assume(Map.of("RoleArn", "reader"))).isInstanceOf(StsAnswer.AssumedByToken.class);
        assertThat(assume(Map.of("RoleArn", "arn:aws:iam::123456789012:role/some/path/reader")))
                .isInstanceOf(StsAnswer.AssumedByToken.class);
    }

    @Test
    void a_policy_makes_a_session_smaller_and_never_larger() {
        var policy =
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::data/alice/in/*\"}}";
        var assumed = assumed(Map.of("Policy", policy));
        var admitted = (IdentityOutcome.Authenticated) use(assumed.credentials());

        assertThat(permits(admitted, Action.OBJECT_GET, "alice/in/x")).isTrue();
        assertThat(permits(admitted, Action.OBJECT_GET, "alice/x")).isFalse();
        assertThat(permits(admitted, Action.OBJECT_PUT, "alice/in/x")).isFalse();
        assertThat(assumed.policyPercent()).isPositive();
        assertThat(code(assume(Map.of("Policy", "{}")))).isEqualTo("MalformedPolicyDocument");
    }

    @Test
    void a_claim_that_a_scope_needs_and_that_is_missing_opens_nothing() {
        var scopes = List.of(ScopeTemplate.parse("data", List.of("{group}/"), List.of("read")));
        roles.put(READER, role(scopes, Instant.EPOCH));

        var without = (IdentityOutcome.Authenticated) use(assumed(Map.of()).credentials());
        var with = (IdentityOutcome.Authenticated) use(
                ((StsAnswer.AssumedByToken) assume(token(KEY, Map.of("group", "\"g*\"")))).credentials());

        assertThat(without.permissions().rules()).isEmpty();
        assertThat(permits(with, Action.OBJECT_GET, "g*/x")).isTrue();
        assertThat(permits(with, Action.OBJECT_GET, "gx/x")).isFalse();
    }

    @Test
    void scopes_that_do_not_fit_into_a_token_are_refused() {
        var scopes = java.util.stream.IntStream.range(0, 150)
                .mapToObj(i -> ScopeTemplate.parse("bucket-" + i, List.of("a/" + i), List.of("get_object")))
                .toList();
        roles.put(READER, role(scopes, Instant.EPOCH));

        assertThat(code(assume(Map.of()))).isEqualTo("PackedPolicyTooLarge");
    }

    @Test
    void the_holder_of_a_key_takes_on_a_role_that_trusts_it() {
        var caller = holder(key("alice", Set.of(READER), Instant.MAX));

        var answer = (StsAnswer.Assumed) sts.act(assumeRole(), caller);

        assertThat(use(answer.credentials())).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(sts.act(new StsParameters(Map.of("Action", "GetCallerIdentity")), principal(answer.credentials())))
                .isEqualTo(new StsAnswer.Caller(
                        "arn:aws:sts::000000000000:assumed-role/reader/ci",
                        answer.user().roleId()));
    }

    @Test
    void a_key_takes_on_no_role_that_it_may_not_or_that_does_not_trust_it() {
        assertThat(code(sts.act(assumeRole(), holder(key("alice", Set.of(), Instant.MAX)))))
                .isEqualTo("AccessDenied");
        assertThat(code(sts.act(assumeRole(), holder(key("bob", Set.of(READER), Instant.MAX)))))
                .isEqualTo("AccessDenied");
    }

    @Test
    void a_session_takes_on_no_role_and_gets_no_token() {
        var session = principal(assumed(Map.of()).credentials());

        assertThat(code(sts.act(assumeRole(), session))).isEqualTo("AccessDenied");
        assertThat(code(sts.act(new StsParameters(Map.of("Action", "GetSessionToken")), session)))
                .isEqualTo("AccessDenied");
    }

    @Test
    void a_session_does_not_outlive_the_key_that_asked_for_it() {
        var ending = key("alice", Set.of(READER), clock.in(Duration.ofMinutes(20)));
        var caller = holder(ending);

        var role = ((StsAnswer.Assumed) sts.act(assumeRole(), caller)).credentials();
        var own = ((StsAnswer.SessionToken) sts.act(new StsParameters(Map.of("Action", "GetSessionToken")), caller))
                .credentials();

        assertThat(role.expiresAt()).isEqualTo(clock.in(Duration.ofMinutes(20)));
        assertThat(own.expiresAt()).isEqualTo(clock.in(Duration.ofMinutes(20)));
        keys.clear();
        assertThat(problem(role)).isEqualTo("AccessDenied");
        assertThat(problem(own)).isEqualTo("AccessDenied");
    }

    @Test
    void the_holder_of_a_key_gets_a_session_of_the_same_reach() {
        var caller = holder(key("alice", Set.of(), Instant.MAX));

        var own = ((StsAnswer.SessionToken) sts.act(new StsParameters(Map.of("Action", "GetSessionToken")), caller))
                .credentials();

        assertThat(permits((IdentityOutcome.Authenticated) use(own), Action.OBJECT_PUT, "any"))
                .isTrue();
        assertThat(sts.act(new StsParameters(Map.of("Action", "GetCallerIdentity")), principal(own)))
                .isEqualTo(new StsAnswer.Caller(
                        "arn:aws:iam::000000000000:user/alice", own.id().text()));
        assertThat(code(sts.act(new StsParameters(Map.of("Action", "Dance")), caller)))
                .isEqualTo("InvalidAction");
        assertThat(code(sts.act(new StsParameters(Map.of()), caller))).isEqualTo("MissingParameter");
    }

    @Test
    void parameters_come_from_the_query_or_the_form_and_never_from_both() {
        var query = RawTarget.parse("/?Action=AssumeRoleWithWebIdentity&RoleSessionName=a+b");
        var form = Bytes.utf8("Action=AssumeRole&RoleArn=reader");

        assertThat(StsParameters.of(query, form).values())
                .isEqualTo(Map.of("Action", "AssumeRoleWithWebIdentity", "RoleSessionName", "a b"));
        assertThat(StsParameters.of(RawTarget.parse("/?x=1"), form).values())
                .isEqualTo(Map.of("Action", "AssumeRole", "RoleArn", "reader"));
        assertThat(StsService.wanted(StsParameters.of(query, form))).isInstanceOf(StsService.Wanted.ByToken.class);
        assertThat(StsParameters.of(query, form).toString()).doesNotContain("a b");
    }

    @Test
    void answers_are_documents_with_all_text_escaped() {
        var answer = assume(token(KEY, Map.of("sub", "\"alice<&>\"")));
        var document = StsDocument.of(answer, new RequestId("r-1")).toUtf8();
        var refusal = StsDocument.of(assume(Map.of("RoleSessionName", "")), new RequestId("r-2"))
                .toUtf8();

        assertThat(document)
                .contains("<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">")
                .contains("<SubjectFromWebIdentityToken>alice&lt;&amp;&gt;</SubjectFromWebIdentityToken>")
                .contains("<Expiration>2026-01-01T01:00:00Z</Expiration>")
                .contains("<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>")
                .doesNotContain("PackedPolicySize");
        assertThat(refusal)
                .contains("<Error><Type>Sender</Type><Code>MissingParameter</Code>")
                .contains("<RequestId>r-2</RequestId></ErrorResponse>");
    }

    @Test
    void no_text_shows_a_secret_or_a_token() {
        var credentials = assumed(Map.of()).credentials();

        assertThat(credentials.toString()).doesNotContain(credentials.token());
    }

    private StsService service(StsSettings settings) {
        var surroundings = new PublishedKeys.Surroundings(
                jwks, SignatureEngine.present(), Runnable::run, ticker, new SeededRandomness(5));
        return new StsService(
                settings,
                id -> Optional.ofNullable(keys.get(id)),
                id -> Optional.ofNullable(roles.get(id)),
                sessions,
                new IssuerKeys(new HttpDocuments(), surroundings, ticker),
                clock,
                new SeededRandomness(11));
    }

    private AssumableRole role() {
        return role(Instant.EPOCH);
    }

    private AssumableRole role(Instant revokedBefore) {
        return role(
                List.of(
                        ScopeTemplate.parse("data", List.of("{sub}/"), List.of("read")),
                        ScopeTemplate.parse("data", List.of("alice/"), List.of("read"))),
                revokedBefore);
    }

    private AssumableRole role(List<ScopeTemplate> scopes, Instant revokedBefore) {
        return new AssumableRole(
                READER,
                "Reader",
                List.of(new TrustedProvider(provider.issuer(), TrustedProvider.Transport.PLAIN_LOOPBACK)),
                Set.of("s3", "sts"),
                List.of(Glob.parse("ali*"), Glob.parse("repo:acme/*")),
                Map.of("team", List.of(Glob.parse("blue"), Glob.parse("green-?"))),
                Set.of(new Subject("alice")),
                AssumableRole.USUAL_SHORTEST,
                AssumableRole.USUAL_LONGEST,
                AssumableRole.USUAL_ALGORITHMS,
                scopes,
                revokedBefore);
    }

    private AccessKey key(String holder, Set<RoleId> mayAssume, Instant expiresAt) {
        var key = TestSigning.key("AKIA" + holder, mayAssume, new Subject(holder), expiresAt);
        keys.put(key.id(), key);
        return key;
    }

    /** As the gate finds the holder of a key. */
    private Principal holder(AccessKey key) {
        return ((IdentityOutcome.Authenticated) mechanism.verify(
                        TestSigning.get("/data/x", key.id(), key.secret(), "", clock.instant()), clock.instant()))
                .principal();
    }

    private Principal principal(StsAnswer.Credentials credentials) {
        return ((IdentityOutcome.Authenticated) use(credentials)).principal();
    }

    private IdentityOutcome use(StsAnswer.Credentials credentials) {
        return mechanism.verify(signed(credentials), clock.instant());
    }

    private String problem(StsAnswer.Credentials credentials) {
        return mechanism
                .problem(signed(credentials), clock.instant())
                .map(SigV4Problem::code)
                .orElse("none");
    }

    private Fetch signed(StsAnswer.Credentials credentials) {
        return TestSigning.get("/data/x", credentials.id(), credentials.secret(), credentials.token(), clock.instant());
    }

    private static boolean permits(IdentityOutcome.Authenticated admitted, Action action, String key) {
        return admitted.permissions().permits(action, new ResourceName("data", Bytes.utf8(key)));
    }

    private static StsParameters assumeRole() {
        return new StsParameters(Map.of("Action", "AssumeRole", "RoleArn", ARN, "RoleSessionName", "ci"));
    }

    private StsAnswer.AssumedByToken assumed(Map<String, String> changes) {
        return (StsAnswer.AssumedByToken) assume(changes);
    }

    private StsAnswer assume(Map<String, String> changes) {
        return sts.assumeByToken(parameters(changes));
    }

    private StsParameters parameters(Map<String, String> changes) {
        var all = new HashMap<>(Map.of("RoleArn", ARN, "RoleSessionName", "ci"));
        all.putAll(token(KEY, Map.of()));
        all.putAll(changes);
        return new StsParameters(all);
    }

    private Map<String, String> token(TestIssuer by, Map<String, String> changes) {
        return Map.of("WebIdentityToken", by.token(claims(changes)));
    }

    private String claims(Map<String, String> changes) {
        var claims = new LinkedHashMap<String, String>();
        claims.put("iss", "\"" + provider.issuer().text() + "\"");
        claims.put("sub", "\"alice\"");
        claims.put("aud", "[\"else\",\"s3\"]");
        claims.put("team", "\"blue\"");
        claims.put("iat", seconds(0));
        claims.put("exp", seconds(300));
        claims.putAll(changes);
        return claims.entrySet().stream()
                .map(claim -> "\"" + claim.getKey() + "\":" + claim.getValue())
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    private String seconds(long fromNow) {
        return Long.toString(clock.instant().getEpochSecond() + fromNow);
    }

    private void assertRefused(Map<String, String> changes, String code, String message) {
        assertThat(assume(changes)).isInstanceOfSatisfying(StsAnswer.Refused.class, refused -> {
            assertThat(refused.problem().message()).isEqualTo(message);
            assertThat(refused.problem().code().text()).isEqualTo(code);
        });
    }

    private static String code(StsAnswer answer) {
        return answer instanceof StsAnswer.Refused(var problem) ? problem.code().text() : "none";
    }
}
