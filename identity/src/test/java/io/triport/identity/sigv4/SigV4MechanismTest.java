package io.triport.identity.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.access.AccessKey;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.request.BodyRefused;
import io.triport.domain.request.Bytes;
import io.triport.identity.jwt.TestRevocations;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.revocation.RevocationRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SigV4MechanismTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SentRequest GET = Signer.unsigned("GET", "/data/a%20b?x=1");

    private final SigV4Mechanism mechanism = TestKeys.s3();

    @Test
    void a_request_that_is_signed_is_that_of_the_keys_holder() {
        var outcome = mechanism.verify(Signer.S3.unsignedPayload(GET).fetch(), NOW);

        assertThat(outcome).isInstanceOfSatisfying(IdentityOutcome.Authenticated.class, admitted -> {
            assertThat(admitted.principal().subject().text()).isEqualTo("alice");
            assertThat(admitted.principal().credential()).isEqualTo(new CredentialId(TestKeys.ID));
            assertThat(admitted.principal().validUntil()).isEqualTo(Instant.MAX);
            assertThat(admitted.permissions().permits(Action.OBJECT_GET, ResourceName.container("data")))
                    .isTrue();
            assertThat(admitted.permissions().permits(Action.BUCKET_CREATE, ResourceName.container("data")))
                    .isFalse();
        });
    }

    @Test
    void a_request_without_a_signature_does_not_claim_the_mechanism() {
        assertThat(mechanism.present(GET.fetch())).isFalse();
        assertThat(mechanism.present(GET.with("authorization", "Basic eA==").fetch()))
                .isTrue();
        assertThat(mechanism.present(GET.to("/data/a?X-Amz-Signature=").fetch()))
                .isTrue();
        assertThat(mechanism.present(GET.to("/data/a?X%2DAmz-Credential=a").fetch()))
                .isTrue();
        assertThat(mechanism.present(
                        GET.to("/data/a?AWSAccessKeyId=a&Signature=b&Expires=1").fetch()))
                .isTrue();
    }

    @Test
    void a_header_that_is_not_of_its_form_is_said_to_be_malformed() {
        var good = Signer.S3.unsignedPayload(GET);
        var value = good.field("authorization");

        for (var bad : List.of(
                "",
                "Basic eA==",
                "AWS4-HMAC-SHA256",
                "AWS4-ECDSA-P256-SHA256 " + value.substring(17),
                value.replace("Credential=", "Credentials="),
                value.replace(", Signature", " Signature"),
                value.replace("aws4_request", "aws3_request"),
                value.replace("host;", "Host;"),
                value.replace("host;", "host;host;"),
                value.substring(0, value.length() - 1),
                value + "0",
                value + ", Signature=" + "0".repeat(64),
                value.replace(TestKeys.ID, ""))) {
            assertThat(code(good.with("authorization", bad))).as(bad).isEqualTo("AuthorizationHeaderMalformed");
        }
    }

    @Test
    void fields_of_the_header_come_in_any_order_with_blanks_or_without() {
        var value = Signer.S3.unsignedPayload(GET).field("authorization");
        var fields = List.of(value.substring(17).split(", "));
        var other = "AWS4-HMAC-SHA256 " + fields.get(2) + "," + fields.get(0) + " ,  " + fields.get(1);

        assertThat(code(Signer.S3.unsignedPayload(GET).with("authorization", other)))
                .isEqualTo("none");
    }

    @Test
    void parameters_that_are_not_of_their_form_are_said_to_be_malformed() {
        var target = Signer.S3.presign(GET, 60).target();

        for (var bad : List.of(
                target.replace("X-Amz-Expires=60", "X-Amz-Expires=0"),
                target.replace("X-Amz-Expires=60", "X-Amz-Expires=604801"),
                target.replace("X-Amz-Expires=60", "X-Amz-Expires=-1"),
                target.replace("X-Amz-Expires=60", "X-Amz-Expires=1e3"),
                target.replace("&X-Amz-Expires=60", ""),
                target + "&X-Amz-Expires=60",
                target.replace("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=AWS4"),
                target.replace("X-Amz-Date=2026", "X-Amz-Date=x026"),
                target.replace("X-Amz-Date=20260101", "X-Amz-Date=20260231"),
                target.replace("%2Faws4_request", ""),
                target.substring(0, target.length() - 1))) {
            assertThat(code(GET.to(bad))).as(bad).isEqualTo("AuthorizationQueryParametersError");
        }
    }

    @Test
    void two_signatures_are_one_too_many() {
        var byUrl = Signer.S3.presign(GET, 60);
        var byHeader = Signer.S3.unsignedPayload(GET);

        assertThat(code(byHeader.to(byUrl.target()))).isEqualTo("InvalidArgument");
        assertThat(mechanism.verify(byHeader.to(byUrl.target()).fetch(), NOW))
                .isEqualTo(new IdentityOutcome.Rejected(Reason.AMBIGUOUS_CREDENTIALS));
    }

    @Test
    void the_version_before_this_one_is_not_taken() {
        assertThat(code(GET.with("authorization", "AWS AKID:c2ln"))).isEqualTo("InvalidRequest");
        assertThat(code(GET.to("/a?AWSAccessKeyId=a&Signature=b&Expires=1"))).isEqualTo("InvalidRequest");
    }

    @Test
    void host_and_all_headers_of_amazon_must_be_signed() {
        var dated = GET.with("x-amz-date", Signer.S3.date()).with("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        var withAcl = dated.with("x-amz-acl", "private");

        var noHost = Signer.S3.sign(dated, List.of("x-amz-content-sha256", "x-amz-date"));
        var noAcl = Signer.S3.sign(withAcl, List.of("host", "x-amz-content-sha256", "x-amz-date"));

        assertThat(problem(noHost).elements()).containsEntry("HeadersNotSigned", "host");
        assertThat(problem(noAcl).elements()).containsEntry("HeadersNotSigned", "x-amz-acl");
        assertThat(problem(noAcl).code()).isEqualTo("AccessDenied");
        assertThat(problem(Signer.S3.presign(GET, 60).with("x-amz-acl", "private"))
                        .code())
                .isEqualTo("AccessDenied");
    }

    @Test
    void a_signed_header_that_is_absent_is_a_signature_that_does_not_match() {
        var signed = Signer.S3.unsignedPayload(GET.with("range", "bytes=0-1"));

        assertThat(code(signed.without("range"))).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void the_time_is_that_of_amazons_header_or_of_the_usual_one() {
        var hashed = GET.with("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        var names = List.of("date", "host", "x-amz-content-sha256");

        var dated = Signer.S3.sign(hashed.with("date", "Thu, 01 Jan 2026 00:00:00 GMT"), names);
        var undated = Signer.S3.sign(hashed, List.of("host", "x-amz-content-sha256"));

        assertThat(code(dated)).isEqualTo("none");
        assertThat(problem(undated).kind()).isEqualTo(SigV4Problem.Kind.NO_TIME);
        assertThat(problem(Signer.S3.unsignedPayload(GET).with("x-amz-date", "yesterday"))
                        .kind())
                .isEqualTo(SigV4Problem.Kind.NO_TIME);
    }

    @Test
    void a_clock_may_be_fifteen_minutes_off_and_no_more() {
        var request = Signer.S3.unsignedPayload(GET).fetch();

        for (var seconds : List.of(-901, 901)) {
            assertThat(mechanism.problem(request, NOW.plusSeconds(seconds))).hasValueSatisfying(problem -> {
                assertThat(problem.code()).isEqualTo("RequestTimeTooSkewed");
                assertThat(problem.elements())
                        .containsEntry("RequestTime", "20260101T000000Z")
                        .containsEntry("MaxAllowedSkewMilliseconds", "900000")
                        .containsKey("ServerTime");
            });
        }
        assertThat(mechanism.problem(request, NOW.plusSeconds(900))).isEmpty();
        assertThat(mechanism.problem(request, NOW.minusSeconds(900))).isEmpty();
    }

    @Test
    void another_scope_is_told_with_the_region_to_use() {
        var elsewhere = problem(Signer.S3.in("eu-west-1").unsignedPayload(GET));

        assertThat(elsewhere.code()).isEqualTo("AuthorizationHeaderMalformed");
        assertThat(elsewhere.elements()).containsEntry("Region", "us-east-1");
        assertThat(code(Signer.S3.in("auto").unsignedPayload(GET))).isEqualTo("none");
        assertThat(code(Signer.S3.to("sts").unsignedPayload(GET))).isEqualTo("AuthorizationHeaderMalformed");
        assertThat(code(Signer.S3.in("eu-west-1").presign(GET, 60))).isEqualTo("AuthorizationQueryParametersError");
    }

    @Test
    void a_scope_is_of_the_day_of_the_request() {
        var signed = Signer.S3.unsignedPayload(GET);

        assertThat(code(signed.with("x-amz-date", "20251231T235959Z"))).isEqualTo("AuthorizationHeaderMalformed");
    }

    @Test
    void the_hash_of_the_body_must_be_told() {
        var signed = Signer.S3.sign(GET);

        assertThat(problem(signed).kind()).isEqualTo(SigV4Problem.Kind.NO_PAYLOAD_HASH);
        for (var bad :
                List.of("", "x", "STREAMING-", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")) {
            assertThat(code(Signer.S3.sign(GET.with("x-amz-content-sha256", bad))))
                    .isEqualTo("InvalidArgument");
        }
        assertThat(code(Signer.S3.sign(GET.with("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"))))
                .isEqualTo("MissingContentLength");
        assertThat(code(Signer.S3.sign(GET.with("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                        .with("x-amz-decoded-content-length", "-1"))))
                .isEqualTo("InvalidArgument");
    }

    @Test
    void a_body_that_is_not_the_signed_one_fails_at_its_end() {
        var signed =
                Signer.S3.sign(Signer.unsigned("PUT", "/data/a").with("x-amz-content-sha256", Signer.sha256("good")));
        var check = ((IdentityOutcome.Authenticated) mechanism.verify(signed.fetch(), NOW)).body();

        var good = Reading.of(check.checked(new Reading.Cut(Bytes.utf8("good"), List.of(1))));
        var evil = Reading.of(check.checked(new Reading.Cut(Bytes.utf8("evil"), List.of(1))));

        assertThat(good.bytes()).isEqualTo(Bytes.utf8("good"));
        assertThat(good.complete).isTrue();
        assertThat(evil.failure)
                .isInstanceOfSatisfying(
                        BodyRefused.class,
                        refused -> assertThat(refused.why()).isEqualTo(BodyRefused.Why.HASH_MISMATCH));
        assertThat(evil.bytes()).isEqualTo(Bytes.utf8("evi"));
    }

    @Test
    void a_key_that_is_unknown_disabled_or_expired_opens_nothing() {
        var key = TestKeys.key(TestKeys.ID, TestKeys.SECRET);
        var disabled = with(key, false, Instant.MAX);
        var expired = with(key, true, NOW);

        assertThat(code(Signer.S3.as("AKIAOTHER", TestKeys.SECRET).unsignedPayload(GET)))
                .isEqualTo("InvalidAccessKeyId");
        assertThat(code(knowing(disabled), Signer.S3.unsignedPayload(GET))).isEqualTo("InvalidAccessKeyId");
        assertThat(code(knowing(expired), Signer.S3.unsignedPayload(GET))).isEqualTo("ExpiredToken");
    }

    @Test
    void a_secret_that_was_replaced_counts_at_once() {
        var secrets = new java.util.ArrayDeque<>(List.of("one-secret-of-a-key", "another-one-of-it"));
        var changing = TestKeys.mechanism(
                SigV4Settings.s3("us-east-1"),
                id -> java.util.Optional.of(TestKeys.key(id.text(), secrets.peek())),
                SessionTokens.NONE);
        var before = Signer.S3
                .as(TestKeys.ID, "one-secret-of-a-key")
                .unsignedPayload(GET)
                .fetch();
        var after = Signer.S3
                .as(TestKeys.ID, "another-one-of-it")
                .unsignedPayload(GET)
                .fetch();

        assertThat(changing.problem(before, NOW)).isEmpty();
        secrets.remove();

        assertThat(changing.problem(before, NOW)).isPresent();
        assertThat(changing.problem(after, NOW)).isEmpty();
    }

    @Test
    void keys_that_cannot_be_looked_up_are_not_unknown() {
        var away = TestKeys.mechanism(
                SigV4Settings.s3("us-east-1"),
                id -> {
                    throw new IdentityStateUnavailable("away", new IllegalStateException());
                },
                SessionTokens.NONE);

        assertThat(away.verify(Signer.S3.unsignedPayload(GET).fetch(), NOW))
                .isInstanceOf(IdentityOutcome.Unavailable.class);
    }

    @Test
    void a_key_that_was_taken_back_is_refused() {
        var revocations = new TestRevocations();
        var guarded = new SigV4Mechanism(
                SigV4Mechanism.NAME,
                SigV4Settings.s3("us-east-1"),
                TestKeys.only(TestKeys.key(TestKeys.ID, TestKeys.SECRET)),
                SessionTokens.NONE,
                new RevocationGuard(revocations, RevocationRule.SOFT));
        var request = Signer.S3.unsignedPayload(GET).fetch();
        assertThat(guarded.problem(request, NOW)).isEmpty();

        revocations.revoke(Revocation.of(new RevocationKey.Credential(new CredentialId(TestKeys.ID)), Instant.MAX));

        assertThat(guarded.problem(request, NOW).orElseThrow().code()).isEqualTo("AccessDenied");
    }

    @Test
    void a_token_is_wrong_where_no_sessions_are_given_out() {
        var signed = Signer.S3.unsignedPayload(GET.with("x-amz-security-token", "v1.0.x"));

        assertThat(code(signed)).isEqualTo("InvalidToken");
    }

    @Test
    void a_path_that_cannot_be_decoded_is_no_uri() {
        for (var bad : List.of("/data/%", "/data/%4", "/data/%zz", "/data/a?x=%")) {
            var signed = Signer.S3.unsignedPayload(GET).to(bad);

            assertThat(code(signed)).as(bad).isEqualTo("InvalidURI");
        }
    }

    @Test
    void a_request_of_another_service_is_judged_with_the_body_that_is_held() {
        var sts = TestKeys.mechanism(
                SigV4Settings.sts("us-east-1"),
                TestKeys.only(TestKeys.key(TestKeys.ID, TestKeys.SECRET)),
                SessionTokens.NONE);
        var form = Signer.unsigned("POST", "/").withBody(Bytes.utf8("Action=GetCallerIdentity&Version=2011-06-15"));
        var signed = Signer.S3.to("sts").sign(form);

        assertThat(sts.signsBody()).isTrue();
        assertThat(code(sts, signed)).isEqualTo("none");
        assertThat(code(sts, signed.withBody(Bytes.utf8("Action=GetSessionToken"))))
                .isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void no_text_shows_a_secret() {
        var key = TestKeys.key(TestKeys.ID, TestKeys.SECRET);

        assertThat(key.toString()).doesNotContain(TestKeys.SECRET);
        assertThat(TestKeys.session("ASIA", TestKeys.SECRET).toString()).doesNotContain(TestKeys.SECRET);
        assertThat(Map.of("key", Signer.S3.key()).toString()).isEqualTo("{key=SigningKey}");
    }

    private static AccessKey with(AccessKey key, boolean enabled, Instant expiresAt) {
        return new AccessKey(
                key.id(),
                key.secret(),
                key.holder(),
                key.permissions(),
                key.mayAssume(),
                key.admin(),
                enabled,
                expiresAt);
    }

    private static SigV4Mechanism knowing(AccessKey key) {
        return TestKeys.mechanism(SigV4Settings.s3("us-east-1"), TestKeys.only(key), SessionTokens.NONE);
    }

    private SigV4Problem problem(SentRequest request) {
        return mechanism.problem(request.fetch(), NOW).orElseThrow();
    }

    private String code(SentRequest request) {
        return code(mechanism, request);
    }

    private static String code(SigV4Mechanism judge, SentRequest request) {
        return judge.problem(request.fetch(), NOW).map(SigV4Problem::code).orElse("none");
    }
}
