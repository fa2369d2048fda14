package io.triport.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Secret;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.HeaderRules;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.TestTokens;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Texts of three kinds: whatever comes is refused with a reason, and nothing is thrown. For a long run say how many there are to be,
 * and which: {@code -Dtriport.fuzz.tokens=10000000 -Dtriport.fuzz.seed=7}.
 */
final class StrangeTokensTest {
    private static final int TEXTS = Integer.getInteger("triport.fuzz.tokens", 300_000) / 3;
    private static final long SEED = Long.getLong("triport.fuzz.seed", 20_261_121);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String CLAIMS =
            "{\"iss\":\"idp\",\"sub\":\"ann\",\"aud\":[\"api\"],\"exp\":1767225660,\"scope\":\"a b\",\"role\":\"x\"}";
    private static final TestTokens.Signer RIGHT = TestTokens.hmac("HmacSHA256", TestTokens.SECRET);
    private static final String GOOD = TestTokens.signed(HEADER, CLAIMS, RIGHT);
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %\0\u00fc\u20ac";
    private static final String PIECES = "{}[]\":,\\u0000123eE.-truefalsenull alg iss exp";

    private final TokenVerifier verifier = new TokenVerifier(
            new TokenRules(
                    new IssuerRule.Exactly(new Issuer("idp")),
                    new AudienceRule.OneOf(Set.of("api")),
                    Set.of(JwsAlgorithm.HS256),
                    HeaderRules.DEFAULT,
                    Lifetime.DEFAULT,
                    CompactJws.USUAL_LENGTH),
            FixedKeys.of(JwsKey.secret(Secret.of(TestTokens.SECRET), Set.of(JwsAlgorithm.HS256))));

    @Test
    void a_token_with_anything_changed_is_refused() {
        assertThat(verifier.check(GOOD, NOW)).isInstanceOf(TokenCheck.Verified.class);
        var random = new Random(SEED);
        for (var i = 0; i < TEXTS; i++) {
            var text = changed(GOOD, ALPHABET, random);
            if (!text.equals(GOOD) && !(verifier.check(text, NOW) instanceof TokenCheck.Refused)) {
                throw new AssertionError("seed " + SEED + ", text " + i + ": " + text);
            }
        }
    }

    @Test
    void any_text_is_refused() {
        var random = new Random(SEED);
        for (var i = 0; i < TEXTS; i++) {
            var text = new StringBuilder();
            for (var left = random.nextInt(120); left > 0; left--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            if (!(verifier.check(text.toString(), NOW) instanceof TokenCheck.Refused)) {
                throw new AssertionError("seed " + SEED + ", text " + i + ": " + text);
            }
        }
    }

    /** Such as only somebody with the key can make: some are good tokens still, and none is an accident. */
    @Test
    void what_is_signed_is_judged_whatever_it_says() {
        var random = new Random(SEED);
        var refused = 0;
        for (var i = 0; i < TEXTS; i++) {
            var header = random.nextBoolean() ? HEADER : changed(HEADER, PIECES, random);
            var claims = changed(CLAIMS, PIECES, random);
            switch (verifier.check(TestTokens.signed(header, claims, RIGHT), NOW)) {
                case TokenCheck.Refused why -> refused++;
                case TokenCheck.Verified token -> assertThat(claims).contains("idp", "api");
                case TokenCheck.Unavailable away -> throw new AssertionError("seed " + SEED + ", text " + i);
            }
        }
        assertThat(refused).isGreaterThan(TEXTS / 2);
    }

    /** With one to four characters taken away, put in, replaced or doubled. */
    private static String changed(String text, String alphabet, Random random) {
        var changed = new StringBuilder(text);
        for (var steps = 1 + random.nextInt(4); steps > 0; steps--) {
            var at = random.nextInt(changed.length());
            var fresh = alphabet.charAt(random.nextInt(alphabet.length()));
            switch (random.nextInt(4)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.insert(at, fresh);
                case 2 -> changed.setCharAt(at, fresh);
                default -> changed.insert(at, changed.substring(at, Math.min(changed.length(), at + 8)));
            }
        }
        return changed.toString();
    }
}
