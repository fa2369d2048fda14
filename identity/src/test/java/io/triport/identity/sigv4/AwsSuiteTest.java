package io.triport.identity.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.request.Sha256;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The signing test suite of AWS, each case in both ways. */
final class AwsSuiteTest {
    private static final String SIGNATURE = "X-Amz-Signature=";

    static Stream<Path> cases() {
        return Vectors.suite().stream();
    }

    @Test
    void the_suite_is_whole() {
        assertThat(Vectors.suite()).hasSize(38);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_request_with_a_signed_header_is_accepted(Path directory) {
        var signed = read(directory, "header");

        assertThat(judge(directory, signed)).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(canonical(directory, signed)).isEqualTo(text(directory, "header-canonical-request.txt"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_request_with_a_signed_query_is_accepted(Path directory) {
        assertThat(judge(directory, read(directory, "query"))).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_request_with_a_changed_signature_is_refused(Path directory) {
        var byHeader = read(directory, "header");
        var byQuery = read(directory, "query");
        var at = byQuery.target().indexOf(SIGNATURE) + SIGNATURE.length();

        for (var digit = 0; digit < 64; digit++) {
            var authorization = byHeader.field("authorization");
            var position = authorization.length() - 64 + digit;

            refused(directory, byHeader.with("authorization", flipped(authorization, position)));
            refused(directory, byQuery.to(flipped(byQuery.target(), at + digit)));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_request_of_which_a_part_was_changed_is_refused(Path directory) {
        for (var way : List.of("header", "query")) {
            var signed = read(directory, way);

            refused(directory, signed.by("PATCH"));
            refused(directory, signed.to("/x" + signed.target()));
            refused(directory, signed.to(signed.target() + (signed.target().contains("?") ? "&x=1" : "?x=1")));
            refused(directory, signed.with("host", "example.amazonaws.con"));
            if (signed.has("my-header1")) {
                refused(directory, signed.with("my-header1", "other"));
            }
            if (!signed.body().isEmpty()) {
                refused(directory, signed.withBody(io.triport.domain.request.Bytes.utf8("Param1=value2")));
            }
        }
        refused(directory, read(directory, "header").with("x-amz-date", "20150830T123601Z"));
        refused(
                directory,
                read(directory, "query")
                        .to(read(directory, "query").target().replace("=20150830T123600Z", "=20150830T123601Z")));
    }

    private static String canonical(Path directory, SentRequest request) {
        var claim = new ClaimReader(PayloadRule.HELD).read(request.fetch());
        return CanonicalRequest.of(
                        request.fetch(),
                        settings(directory).normalisation(),
                        claim.signedHeaders(),
                        Sha256.hex(request.body().toByteArray()),
                        claim.unsignedParameters())
                .text();
    }

    private static void refused(Path directory, SentRequest request) {
        assertThat(judge(directory, request)).as("%s", request.target()).isInstanceOf(IdentityOutcome.Rejected.class);
    }

    private static String flipped(String text, int position) {
        var other = text.charAt(position) == '0' ? '1' : '0';
        return text.substring(0, position) + other + text.substring(position + 1);
    }

    private static SentRequest read(Path directory, String way) {
        return SentRequest.parse(text(directory, way + "-signed-request.txt"));
    }

    private static String text(Path directory, String file) {
        return Vectors.text(directory.resolve(file));
    }

    private static IdentityOutcome judge(Path directory, SentRequest request) {
        var context = Vectors.json(directory.resolve("context.json"));
        var credentials = (ClaimValue.Members) Vectors.member(context, "credentials");
        var id = Vectors.text(credentials, "access_key_id");
        var secret = Vectors.text(credentials, "secret_access_key");
        SessionTokens sessions = (token, named, now) -> token.equals(Vectors.text(credentials, "token"))
                ? new SessionTokens.Opened.Session(TestKeys.session(id, secret))
                : new SessionTokens.Opened.Refused(SigV4Problem.Kind.TOKEN);
        return TestKeys.mechanism(settings(directory), TestKeys.only(TestKeys.key(id, secret)), sessions)
                .verify(request.fetch(), Instant.parse(Vectors.text(context, "timestamp")));
    }

    private static SigV4Settings settings(Path directory) {
        var context = Vectors.json(directory.resolve("context.json"));
        return new SigV4Settings(
                Vectors.text(context, "service"),
                List.of(Vectors.text(context, "region")),
                SigV4Settings.DEFAULT_SKEW,
                Vectors.flag(context, "normalize") ? Normalisation.FULL : Normalisation.NONE,
                PayloadRule.HELD,
                Vectors.flag(context, "omit_session_token") ? TokenRule.MAY_BE_ADDED : TokenRule.SIGNED,
                SigV4Settings.DEFAULT_CHUNK);
    }
}
