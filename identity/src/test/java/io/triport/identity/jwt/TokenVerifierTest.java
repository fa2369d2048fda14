package io.triport.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.HeaderRules;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.KeyFile;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jose.TestIssuer;
import io.triport.identity.jose.TestTokens;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final String HEADER = "{\"alg\":\"HS256\"}";
    private static final String CLAIMS = "\"iss\":\"idp\",\"sub\":\"ann\",\"aud\":\"api\"";
    private static final String GOOD = "{" + CLAIMS + ",\"exp\":" + (SECOND + 60) + "}";
    private static final TestTokens.Signer RIGHT = TestTokens.hmac("HmacSHA256", TestTokens.SECRET);
    private static final TestTokens.Signer WRONG = TestTokens.hmac("HmacSHA256", "f".repeat(32));

    @Test
    void a_good_token_says_until_when_it_holds() {
        assertThat(check(HEADER, GOOD)).isInstanceOfSatisfying(TokenCheck.Verified.class, verified -> {
            assertThat(verified.validUntil()).isEqualTo(NOW.plusSeconds(90));
            assertThat(verified.issuedAt()).isEqualTo(Instant.EPOCH);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = JwsAlgorithm.class,
            names = {"HS256", "HS384", "HS512"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_token_of_every_algorithm_of_public_keys_is_checked_and_every_change_of_a_bit_is_refused(
            JwsAlgorithm algorithm) {
        var issuer = TestIssuer.of("k1", algorithm);
        var keys = new FixedKeys(KeyFile.read(Bytes.utf8(issuer.jwk()), SignatureEngine.present()));
        var verifier = new TokenVerifier(
                TokenRules.of(
                        new IssuerRule.Exactly(new Issuer("idp")),
                        new AudienceRule.OneOf(Set.of("api")),
                        Set.of(algorithm)),
                keys);
        var token = issuer.token(GOOD);

        assertThat(verifier.check(token, NOW)).isInstanceOf(TokenCheck.Verified.class);
        assertRefusedWhenChanged(verifier, token);
    }

    @Test
    void every_change_of_a_bit_of_a_token_of_a_secret_is_refused() {
        assertRefusedWhenChanged(verifier(rules()), TestTokens.signed(HEADER, GOOD, RIGHT));
    }

    @ParameterizedTest
    @EnumSource(
            value = JwsAlgorithm.class,
            names = {"RS256", "PS384", "ES256", "ES384", "ES512", "EDDSA"})
    void a_key_as_pem_is_taken_whatever_id_a_token_names(JwsAlgorithm algorithm) {
        var issuer = TestIssuer.of("k1", algorithm);
        var keys = new FixedKeys(KeyFile.read(Bytes.utf8(issuer.pem()), SignatureEngine.present()));
        var rules =
                TokenRules.of(new IssuerRule.Exactly(new Issuer("idp")), new AudienceRule.Anybody(), Set.of(algorithm));

        assertThat(new TokenVerifier(rules, keys).check(issuer.token(GOOD), NOW))
                .isInstanceOf(TokenCheck.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b",
                "a.b.c",
                "e30.e30.",
                ".e30.e30",
                "e30..e30",
                "e30.e30.e30.e30",
                "e30.e30.e30.e30.e30",
                " e30.e30.e30",
                "e30.e30.e30\n",
                "e30=.e30.e30",
                "e31.e30.e30",
                "e30.e30.e31",
                "e30.e30.\u00e9\u00e9",
                "{\"payload\":\"e30\"}"
            })
    void what_is_not_three_segments_of_canonical_base64url_is_malformed(String token) {
        assertThat(verifier(rules()).check(token, NOW)).isEqualTo(refused(Reason.TOKEN_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "[]",
                "1",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"x\":{\"y\":1,\"y\":1}}",
                "{\"alg\":\"HS256\"} {}",
                "{\"alg\":\"HS256\",}",
                "{'alg':'HS256'}",
                "{\"alg\":\"HS256\",\"x\":NaN}",
                "{\"alg\":\"HS256\",\"x\":01}",
                "{\"alg\":\"HS256\",\"x\":\"\\ud800\"}",
                "{\"alg\":\"HS256\",\"x\":[[[[1]]]]}",
                "\ufeff{\"alg\":\"HS256\"}"
            })
    void a_header_that_is_not_strictly_json_is_malformed(String header) {
        assertThat(check(header, GOOD)).isEqualTo(refused(Reason.TOKEN_MALFORMED));
    }

    @Test
    void a_header_has_twenty_members_and_four_levels_at_most() {
        var nineteen = IntStream.range(0, 19).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(","));

        assertThat(check("{\"alg\":\"HS256\"," + nineteen + "}", GOOD)).isInstanceOf(TokenCheck.Verified.class);
        assertThat(check("{\"alg\":\"HS256\",\"m\":1," + nineteen + "}", GOOD))
                .isEqualTo(refused(Reason.TOKEN_MALFORMED));
        assertThat(check("{\"alg\":\"HS256\",\"x\":[[[1]]]}", GOOD)).isInstanceOf(TokenCheck.Verified.class);
    }

    @Test
    void bytes_that_are_not_utf_8_are_malformed() {
        var overlong = new String(
                new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'}, StandardCharsets.ISO_8859_1);
        var token = TestTokens.base64(HEADER.getBytes(StandardCharsets.US_ASCII)) + "."
                + TestTokens.base64(overlong.getBytes(StandardCharsets.ISO_8859_1)) + ".AAAA";

        assertThat(verifier(rules()).check(token, NOW)).isEqualTo(refused(Reason.TOKEN_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exp\":\"1\"",
                "\"exp\":-1",
                "\"exp\":253402300800",
                "\"exp\":1e400",
                "\"exp\":1e401",
                "\"exp\":null",
                "\"exp\":[1]",
                "\"nbf\":true",
                "\"iat\":{}",
                "\"x\":1e-401"
            })
    void a_date_that_is_no_number_of_seconds_is_malformed(String claim) {
        var claims =
                claim.startsWith("\"exp\"") ? CLAIMS + "," + claim : CLAIMS + ",\"exp\":" + (SECOND + 60) + "," + claim;

        assertThat(check(HEADER, "{" + claims + "}")).isEqualTo(refused(Reason.TOKEN_MALFORMED));
    }

    @Test
    void a_payload_nests_sixteen_levels_at_most() {
        assertThat(check(HEADER, GOOD.replace("}", ",\"x\":" + "[".repeat(15) + "]".repeat(15) + "}")))
                .isInstanceOf(TokenCheck.Verified.class);
        assertThat(check(HEADER, GOOD.replace("}", ",\"x\":" + "[".repeat(16) + "]".repeat(16) + "}")))
                .isEqualTo(refused(Reason.TOKEN_MALFORMED));
    }

    @Test
    void a_token_is_as_long_as_is_set_at_most() {
        var fits = longToken(CompactJws.USUAL_LENGTH);
        var longer = longToken(CompactJws.USUAL_LENGTH + 4);

        assertThat(fits.length()).isLessThanOrEqualTo(CompactJws.USUAL_LENGTH);
        assertThat(longer.length()).isGreaterThan(CompactJws.USUAL_LENGTH);
        assertThat(verifier(rules()).check(fits, NOW)).isInstanceOf(TokenCheck.Verified.class);
        assertThat(verifier(rules()).check(longer, NOW)).isEqualTo(refused(Reason.TOKEN_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"alg\":\"none\"}",
                "{\"alg\":\"None\"}",
                "{\"alg\":\"hs256\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":null}"
            })
    void an_algorithm_that_is_not_allowed_is_refused(String header) {
        assertThat(check(header, GOOD)).isEqualTo(refused(Reason.TOKEN_ALGORITHM));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[\"exp\"]",
                "\"crit\":[]",
                "\"b64\":false",
                "\"b64\":\"false\"",
                "\"zip\":\"DEF\"",
                "\"enc\":\"A128GCM\"",
                "\"cty\":\"JWT\"",
                "\"cty\":\"application/jwt\"",
                "\"kid\":1",
                "\"typ\":\"dpop+jwt\"",
                "\"typ\":null",
                "\"jwk\":{}",
                "\"jku\":\"https://evil.example\"",
                "\"x5u\":\"https://evil.example\"",
                "\"x5c\":[]",
                "\"x5t\":\"x\"",
                "\"x5t#S256\":\"x\""
            })
    void a_header_that_changes_how_a_token_is_read_or_offers_a_key_is_refused(String member) {
        assertThat(check("{\"alg\":\"HS256\"," + member + "}", GOOD)).isEqualTo(refused(Reason.TOKEN_HEADER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/jwt", "application/at+JWT"})
    void the_usual_types_are_taken_in_any_case(String type) {
        assertThat(check("{\"alg\":\"HS256\",\"typ\":\"" + type + "\"}", GOOD)).isInstanceOf(TokenCheck.Verified.class);
    }

    @ParameterizedTest
    @CsvSource({"at+jwt, true", "application/AT+jwt, true", "jwt, false", ", false"})
    void configured_types_are_demanded(@Nullable String type, boolean taken) {
        var header = type == null ? HEADER : "{\"alg\":\"HS256\",\"typ\":\"" + type + "\"}";
        var rules = rules(new HeaderRules(HeaderRules.Strictness.STRICT, Set.of("AT+JWT")), Lifetime.DEFAULT);

        var outcome = verifier(rules).check(TestTokens.signed(header, GOOD, RIGHT), NOW);

        assertThat(outcome instanceof TokenCheck.Verified).isEqualTo(taken);
    }

    @Test
    void a_key_that_a_token_offers_is_not_used_where_it_is_not_refused() {
        var lenient = rules(new HeaderRules(HeaderRules.Strictness.LENIENT, Set.of()), Lifetime.DEFAULT);
        var header = "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\""
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("f".repeat(32).getBytes(StandardCharsets.US_ASCII))
                + "\"}}";

        assertThat(verifier(lenient).check(TestTokens.signed(header, GOOD, WRONG), NOW))
                .isEqualTo(refused(Reason.TOKEN_SIGNATURE));
        assertThat(verifier(lenient).check(TestTokens.signed(header, GOOD, RIGHT), NOW))
                .isInstanceOf(TokenCheck.Verified.class);
    }

    @Test
    void a_public_key_is_never_the_secret_of_a_mac() {
        var issuer = TestIssuer.of("k1", JwsAlgorithm.RS256);
        var keys = new FixedKeys(KeyFile.read(Bytes.utf8(issuer.jwk()), SignatureEngine.present()));
        var rules = TokenRules.of(
                new IssuerRule.Exactly(new Issuer("idp")), new AudienceRule.Anybody(), Set.of(JwsAlgorithm.HS256));
        var forged = TestTokens.signed(
                "{\"alg\":\"HS256\",\"kid\":\"k1\"}", GOOD, TestTokens.hmac("HmacSHA256", issuer.pem()));

        assertThat(new TokenVerifier(rules, keys).check(forged, NOW)).isEqualTo(refused(Reason.TOKEN_KEY_UNKNOWN));
    }

    @Test
    void an_id_of_more_than_256_bytes_is_not_looked_for() {
        var header = "{\"alg\":\"HS256\",\"kid\":\"" + "k".repeat(257) + "\"}";

        assertThat(check(header, GOOD)).isEqualTo(refused(Reason.TOKEN_KEY_UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"iss\":\"IDP\"}                                      | TOKEN_ISSUER",
                "{}                                                     | TOKEN_ISSUER",
                "{\"iss\":[\"idp\"]}                                    | TOKEN_MALFORMED",
                "{\"iss\":\"IDP\",\"sub\":7}                            | TOKEN_MALFORMED",
                "{\"iss\":\"IDP\",\"aud\":7}                            | TOKEN_MALFORMED",
                "{\"iss\":\"idp\"}                                      | TOKEN_AUDIENCE",
                "{\"iss\":\"idp\",\"aud\":\"API\"}                      | TOKEN_AUDIENCE",
                "{\"iss\":\"idp\",\"aud\":[\"api\",1]}                  | TOKEN_MALFORMED",
                "{\"iss\":\"idp\",\"aud\":[\"x\",\"api\"]}              | TOKEN_EXPIRED",
                "{\"iss\":\"idp\",\"aud\":\"api\",\"exp\":1}            | TOKEN_EXPIRED"
            })
    void claims_are_examined_in_order_and_only_behind_the_signature(String claims, Reason reason) {
        assertThat(check(HEADER, claims)).isEqualTo(refused(reason));
        assertThat(verifier(rules()).check(TestTokens.signed(HEADER, claims, WRONG), NOW))
                .isEqualTo(refused(Reason.TOKEN_SIGNATURE));
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -30, TOKEN_EXPIRED",
        "exp, -29, ",
        "exp, -29.5, TOKEN_EXPIRED",
        "nbf, 30, ",
        "nbf, 31, TOKEN_NOT_YET_VALID",
        "nbf, 30.1, TOKEN_NOT_YET_VALID",
        "iat, 30, ",
        "iat, 30.9, ",
        "iat, 31, TOKEN_NOT_YET_VALID"
    })
    void times_hold_within_the_skew(String claim, String offset, @Nullable Reason reason) {
        var date = new BigDecimal(offset).add(BigDecimal.valueOf(SECOND)).toPlainString();
        var claims = "{" + CLAIMS + (claim.equals("exp") ? "" : ",\"exp\":" + (SECOND + 60)) + ",\"" + claim + "\":"
                + date + "}";

        assertOutcome(check(HEADER, claims), reason);
    }

    @ParameterizedTest
    @CsvSource({"-630, ", "-631, TOKEN_TOO_OLD", ", TOKEN_TOO_OLD"})
    void a_token_without_an_end_grows_too_old(@Nullable Long issued, @Nullable Reason reason) {
        var rules = rules(
                HeaderRules.DEFAULT,
                new Lifetime(Duration.ofSeconds(30), Duration.ofMinutes(10), Lifetime.Expiry.OPTIONAL));
        var claims = "{" + CLAIMS + (issued == null ? "" : ",\"iat\":" + (SECOND + issued)) + "}";

        assertOutcome(verifier(rules).check(TestTokens.signed(HEADER, claims, RIGHT), NOW), reason);
    }

    @Test
    void without_keys_nothing_can_be_judged() {
        var check = new TokenVerifier(rules(), new NoKeysYet()).check(TestTokens.signed(HEADER, GOOD, RIGHT), NOW);

        assertThat(check).isEqualTo(new TokenCheck.Unavailable(Duration.ofSeconds(5)));
    }

    private static void assertRefusedWhenChanged(TokenVerifier verifier, String token) {
        var bytes = token.getBytes(StandardCharsets.ISO_8859_1);
        for (var at = 0; at < bytes.length; at++) {
            for (var bit = 0; bit < Byte.SIZE; bit++) {
                var changed = bytes.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThat(verifier.check(new String(changed, StandardCharsets.ISO_8859_1), NOW))
                        .as("bit %d of character %d", bit, at)
                        .isInstanceOf(TokenCheck.Refused.class);
            }
        }
    }

    private static void assertOutcome(TokenCheck check, @Nullable Reason reason) {
        if (reason == null) {
            assertThat(check).isInstanceOf(TokenCheck.Verified.class);
        } else {
            assertThat(check).isEqualTo(refused(reason));
        }
    }

    private static String longToken(int length) {
        var brief = TestTokens.signed(HEADER, GOOD.replace("}", ",\"x\":\"\"}"), RIGHT);
        var more = (length - brief.length()) / 4 * 3;
        return TestTokens.signed(HEADER, GOOD.replace("}", ",\"x\":\"" + "x".repeat(more) + "\"}"), RIGHT);
    }

    private static TokenCheck check(String header, String claims) {
        return verifier(rules()).check(TestTokens.signed(header, claims, RIGHT), NOW);
    }

    private static TokenVerifier verifier(TokenRules rules) {
        return new TokenVerifier(
                rules, FixedKeys.of(JwsKey.secret(Secret.of(TestTokens.SECRET), Set.of(JwsAlgorithm.HS256))));
    }

    private static TokenRules rules() {
        return rules(HeaderRules.DEFAULT, Lifetime.DEFAULT);
    }

    private static TokenRules rules(HeaderRules header, Lifetime lifetime) {
        return new TokenRules(
                new IssuerRule.Exactly(new Issuer("idp")),
                new AudienceRule.OneOf(Set.of("api")),
                Set.of(JwsAlgorithm.HS256),
                header,
                lifetime,
                CompactJws.USUAL_LENGTH);
    }

    private static TokenCheck refused(Reason reason) {
        return new TokenCheck.Refused(reason);
    }

    private static final class NoKeysYet implements KeySource {
        @Override
        public Found find(Optional<String> kid, JwsAlgorithm algorithm) {
            return new Found.Unavailable(Duration.ofSeconds(5));
        }

        @Override
        public boolean holds(Optional<String> kid, JwsAlgorithm algorithm) {
            return true;
        }

        @Override
        public long generation() {
            return 0;
        }

        @Override
        public boolean ready() {
            return false;
        }
    }
}
