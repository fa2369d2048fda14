package io.triport.identity.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.request.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Worked examples of S3, and what goes beyond them. */
final class S3VectorsTest {
    private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
    private static final SessionTokens SESSIONS = (token, id, now) -> id.text().equals(TestKeys.ID)
            ? new SessionTokens.Opened.Session(TestKeys.session(TestKeys.ID, TestKeys.SECRET))
            : new SessionTokens.Opened.Refused(SigV4Problem.Kind.TOKEN);

    static Stream<ClaimValue.Members> signedHeaders() {
        return Vectors.objects(Vectors.s3(), "header_auth").stream();
    }

    static Stream<ClaimValue.Members> signedUrls() {
        return Vectors.objects(Vectors.s3(), "presigned").stream();
    }

    @ParameterizedTest
    @MethodSource("signedHeaders")
    void a_request_with_a_signed_header_is_accepted_and_none_that_differs(ClaimValue.Members vector) {
        var request = header(vector);

        assertThat(judge(request)).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(canonical(request)).isEqualTo(Vectors.text(vector, "canonical_request"));
        for (var changed : changes(request)) {
            assertThat(judge(changed)).as("%s", changed).isInstanceOf(IdentityOutcome.Rejected.class);
        }
    }

    @ParameterizedTest
    @MethodSource("signedUrls")
    void a_request_with_a_signed_url_is_accepted_and_none_that_differs(ClaimValue.Members vector) {
        var request = new SentRequest(
                Vectors.text(vector, "method"),
                Vectors.text(vector, "url_path_and_query"),
                fields(vector),
                Bytes.EMPTY);

        assertThat(judge(request)).isInstanceOf(IdentityOutcome.Authenticated.class);
        for (var i = 0; i < request.target().length(); i++) {
            var flipped = flipped(request.target(), i);
            if (!flipped.contains(" ") && flipped.startsWith("/") && !flipped.contains("#")) {
                assertThat(judge(request.to(flipped))).as(flipped).isInstanceOf(IdentityOutcome.Rejected.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("signedUrls")
    void a_signed_url_is_refused_outside_of_its_time(ClaimValue.Members vector) {
        var request = new SentRequest(
                Vectors.text(vector, "method"),
                Vectors.text(vector, "url_path_and_query"),
                fields(vector),
                Bytes.EMPTY);
        var seconds = Vectors.number(vector, "expires_seconds");

        assertThat(judge(request, NOW.plusSeconds(seconds))).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(judge(request, NOW.minusSeconds(900))).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(judge(request, NOW.minusSeconds(901))).isInstanceOf(IdentityOutcome.Rejected.class);
        assertThat(judge(request, NOW.plusSeconds(seconds + 1))).isInstanceOf(IdentityOutcome.Rejected.class);
        assertThat(mechanism().problem(request.fetch(), NOW.plusSeconds(seconds + 1)))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.code()).isEqualTo("AccessDenied");
                    assertThat(problem.message()).isEqualTo("Request has expired");
                    assertThat(problem.elements()).containsOnlyKeys("Expires", "ServerTime");
                });
    }

    private static List<SentRequest> changes(SentRequest request) {
        var changes = new ArrayList<SentRequest>();
        for (var field : request.fields()) {
            for (var i = 0; i < field.getValue().length(); i++) {
                var flipped = flipped(field.getValue(), i);
                // A blank more or less at either end or within a run of blanks is no change.
                if (!flipped.contains(" ") || field.getKey().equals("authorization")) {
                    changes.add(request.with(field.getKey(), flipped));
                }
            }
        }
        for (var i = 1; i < request.target().length(); i++) {
            changes.add(request.to(flipped(request.target(), i).replace('#', 'x')));
        }
        changes.add(request.by("POST"));
        return changes;
    }

    /** With the lowest bit of a character changed that is not a letter's case. */
    private static String flipped(String text, int position) {
        return text.substring(0, position) + (char) (text.charAt(position) ^ 1) + text.substring(position + 1);
    }

    private static SentRequest header(ClaimValue.Members vector) {
        var query = Vectors.pairs(vector, "query").stream()
                .map(pair -> encoded(pair.get(0), "") + "=" + encoded(pair.get(1), ""))
                .collect(Collectors.joining("&"));
        var request = new SentRequest(
                Vectors.text(vector, "method"),
                encoded(Vectors.text(vector, "path"), "/") + (query.isEmpty() ? "" : "?" + query),
                fields(vector),
                Bytes.EMPTY);
        return request.with(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + TestKeys.ID + "/20130524/" + Vectors.text(vector, "region")
                        + "/s3/aws4_request,SignedHeaders=" + Vectors.text(vector, "signed_headers") + ",Signature="
                        + Vectors.text(vector, "signature"));
    }

    private static List<Map.Entry<String, String>> fields(ClaimValue.Members vector) {
        return Vectors.pairs(vector, "headers").stream()
                .map(pair -> Map.entry(pair.get(0), pair.get(1)))
                .toList();
    }

    private static String encoded(String text, String kept) {
        var encoded = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (kept.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                WireText.encode(octet, encoded);
            }
        }
        return encoded.toString();
    }

    private static String canonical(SentRequest request) {
        var claim = new ClaimReader(PayloadRule.DECLARED).read(request.fetch());
        return CanonicalRequest.of(
                        request.fetch(),
                        Normalisation.NONE,
                        claim.signedHeaders(),
                        claim.payload().text(),
                        claim.unsignedParameters())
                .text();
    }

    private static IdentityOutcome judge(SentRequest request) {
        return judge(request, NOW);
    }

    private static IdentityOutcome judge(SentRequest request, Instant now) {
        return mechanism().verify(request.fetch(), now);
    }

    private static SigV4Mechanism mechanism() {
        return TestKeys.mechanism(
                SigV4Settings.s3("us-east-1"), TestKeys.only(TestKeys.key(TestKeys.ID, TestKeys.SECRET)), SESSIONS);
    }
}
