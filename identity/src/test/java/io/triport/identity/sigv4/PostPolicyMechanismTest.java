package io.triport.identity.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.request.BodyRefused;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PostPolicyMechanismTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CONDITIONS = "{\"bucket\":\"data\"},[\"starts-with\",\"$key\",\"user/alice/\"],"
            + "[\"eq\",\"$Content-Type\",\"text/plain\"],{\"x-amz-algorithm\":\"AWS4-HMAC-SHA256\"},"
            + "[\"starts-with\",\"$x-amz-credential\",\"\"],[\"starts-with\",\"$x-amz-date\",\"\"],"
            + "[\"content-length-range\",2,\"4\"]";

    private final PostPolicyMechanism mechanism = new PostPolicyMechanism(
            PostPolicyMechanism.NAME,
            SigV4Settings.s3("us-east-1"),
            TestKeys.only(TestKeys.key(TestKeys.ID, TestKeys.SECRET)),
            SessionTokens.NONE,
            TestKeys.guard());

    @Test
    void a_form_under_a_signed_policy_is_that_of_the_signer() {
        assertThat(verify(form(Map.of())))
                .isInstanceOfSatisfying(
                        IdentityOutcome.Authenticated.class,
                        admitted -> assertThat(admitted.principal().subject().text())
                                .isEqualTo("alice"));
    }

    @Test
    void a_form_without_a_policy_claims_nothing() {
        assertThat(mechanism.present(request(new PostForm("data", Map.of("key", "a"), "", file("abc")))))
                .isFalse();
        assertThat(mechanism.present(request(new PostForm("data", Map.of("Policy", "a"), "", file("abc")))))
                .isTrue();
        assertThat(mechanism.present(
                        SentRequest.parse("POST /data HTTP/1.1\nHost:h").fetch()))
                .isFalse();
    }

    @Test
    void the_key_is_judged_with_the_name_of_the_file_in_it() {
        var form = form(Map.of("key", "user/${filename}"), "alice/x");

        assertThat(form.value("key")).isEqualTo("user/alice/x");
        assertThat(verify(form)).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(code(form(Map.of("key", "user/${filename}"), "bob/x"))).isEqualTo("AccessDenied");
    }

    @Test
    void a_field_that_the_policy_does_not_allow_is_refused() {
        assertThat(code(form(Map.of("key", "user/bob/x")))).isEqualTo("AccessDenied");
        assertThat(code(form(Map.of("Content-Type", "text/html")))).isEqualTo("AccessDenied");
        assertThat(code(form(Map.of("acl", "private")))).isEqualTo("AccessDenied");
        assertThat(code(form(Map.of("x-ignore-me", "please")))).isEqualTo("none");
        assertThat(code(new PostForm("other", form(Map.of()).fields(), "", file("abc"))))
                .isEqualTo("AccessDenied");
    }

    @Test
    void a_changed_policy_or_signature_is_refused() {
        var signed = form(Map.of()).fields();
        var policy = form(Map.of()).value("policy");
        for (var i = 0; i < policy.length(); i++) {
            var changed = policy.substring(0, i) + (policy.charAt(i) == 'A' ? 'B' : 'A') + policy.substring(i + 1);
            assertThat(code(with(signed, "policy", changed))).isEqualTo("SignatureDoesNotMatch");
        }
        var signature = form(Map.of()).value("x-amz-signature");
        for (var i = 0; i < signature.length(); i++) {
            var changed =
                    signature.substring(0, i) + (signature.charAt(i) == '0' ? '1' : '0') + signature.substring(i + 1);
            assertThat(code(with(signed, "x-amz-signature", changed))).isEqualTo("SignatureDoesNotMatch");
        }
        assertThat(code(with(signed, "x-amz-date", "20260102T000000Z"))).isEqualTo("AuthorizationHeaderMalformed");
        assertThat(code(with(signed, "x-amz-algorithm", "AWS4"))).isEqualTo("InvalidPolicyDocument");
        assertThat(code(with(signed, "x-amz-security-token", "x"))).isEqualTo("InvalidToken");
        assertThat(code(with(signed, "awsaccesskeyid", "x"))).isEqualTo("InvalidRequest");
    }

    @Test
    void a_policy_ends() {
        assertThat(problem(form(Map.of()), NOW.plusSeconds(3_599))).isEqualTo("none");
        assertThat(problem(form(Map.of()), NOW.plusSeconds(3_600))).isEqualTo("AccessDenied");
        assertThat(problem(form(Map.of()), NOW.minusSeconds(901))).isEqualTo("AccessDenied");
    }

    @Test
    void a_document_that_is_none_is_refused_when_it_is_signed() {
        for (var bad : List.of(
                "",
                "[]",
                "{}",
                "{\"expiration\":\"2026-01-01T01:00:00Z\"}",
                "{\"expiration\":\"soon\",\"conditions\":[]}",
                "{\"expiration\":\"2026-01-01T01:00:00Z\",\"conditions\":[],\"more\":1}",
                "{\"expiration\":\"2026-01-01T01:00:00Z\",\"conditions\":[1]}",
                "{\"expiration\":\"2026-01-01T01:00:00Z\",\"conditions\":[[\"eq\",\"key\",\"a\"]]}",
                "{\"expiration\":\"2026-01-01T01:00:00Z\",\"conditions\":[[\"ends-with\",\"$key\",\"a\"]]}",
                "{\"expiration\":\"2026-01-01T01:00:00Z\",\"conditions\":[[\"content-length-range\",-1,2]]}",
                "{\"expiration\":\"2026-01-01T01:00:00Z\",\"conditions\":[[\"content-length-range\",1.5,2]]}")) {
            assertThat(code(signed(bad, Map.of(), ""))).as(bad).isEqualTo("InvalidPolicyDocument");
        }
    }

    @Test
    void a_file_has_a_length_that_the_policy_allows() {
        assertThat(read("ab").bytes()).isEqualTo(Bytes.utf8("ab"));
        assertThat(read("abcd").complete).isTrue();
        assertThat(read("a").failure)
                .isInstanceOfSatisfying(
                        BodyRefused.class, refused -> assertThat(refused.why()).isEqualTo(BodyRefused.Why.TOO_SMALL));
        assertThat(read("abcde").failure)
                .isInstanceOfSatisfying(
                        BodyRefused.class, refused -> assertThat(refused.why()).isEqualTo(BodyRefused.Why.TOO_LARGE));
    }

    private Reading read(String text) {
        var admitted = (IdentityOutcome.Authenticated) verify(form(Map.of()));
        return Reading.of(admitted.body().checked(file(text)));
    }

    private static PostForm form(Map<String, String> changes) {
        return form(changes, "");
    }

    private static PostForm form(Map<String, String> changes, String fileName) {
        return signed(
                "{\"expiration\":\"2026-01-01T01:00:00.000Z\",\"conditions\":[" + CONDITIONS + "]}", changes, fileName);
    }

    private static PostForm signed(String document, Map<String, String> changes, String fileName) {
        var policy = Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
        var fields = new LinkedHashMap<String, String>();
        fields.put("key", "user/alice/x");
        fields.put("Content-Type", "text/plain");
        fields.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
        fields.put("X-Amz-Credential", TestKeys.ID + "/" + Signer.S3.scope().text());
        fields.put("X-Amz-Date", Signer.S3.date());
        fields.put("Policy", policy);
        fields.put("X-Amz-Signature", Signer.S3.key().sign(policy));
        fields.putAll(changes);
        return new PostForm("data", fields, fileName, file("abc"));
    }

    private static PostForm with(Map<String, String> fields, String name, String value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return new PostForm("data", changed, "", file("abc"));
    }

    private static Content file(String text) {
        return new Reading.Cut(Bytes.utf8(text), List.of());
    }

    private static Fetch request(PostForm form) {
        var request = Signer.unsigned("POST", "/data").fetch();
        return new Fetch(
                request.id(),
                request.receivedAt(),
                request.method(),
                request.target(),
                request.headers(),
                request.peer(),
                form);
    }

    private IdentityOutcome verify(PostForm form) {
        return mechanism.verify(request(form), NOW);
    }

    private String code(PostForm form) {
        return problem(form, NOW);
    }

    private String problem(PostForm form, Instant now) {
        return mechanism.problem(request(form), now).map(SigV4Problem::code).orElse("none");
    }
}
