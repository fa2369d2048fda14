package io.triport.identity.oidc;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.TokenCheck;
import io.triport.identity.jwt.TokenRules;
import io.triport.identity.jwt.TokenVerifier;
import io.triport.identity.keyring.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/** Judges ID tokens (OpenID Connect Core 1.0 section 3.1.3.7) beyond what holds for every token. */
final class IdToken {
    /** What was found. */
    sealed interface Check {
        record Good(Subject subject, Claims claims) implements Check {}

        record Bad(Reason reason) implements Check {}

        record Away(Duration retryAfter) implements Check {}
    }

    private final OidcSettings settings;
    private final TokenVerifier verifier;

    IdToken(OidcSettings settings, KeySource keys) {
        this.settings = settings;
        var rules = TokenRules.of(
                new IssuerRule.Exactly(settings.issuer()),
                new AudienceRule.OneOf(Set.of(settings.clientId())),
                settings.algorithms());
        this.verifier = new TokenVerifier(rules, keys);
    }

    /** The token of a login. */
    Check ofLogin(TokenReply.Tokens tokens, LoginAttempt attempt, Instant now) {
        return switch (judge(tokens, now)) {
            case Check.Good good
            when !same(good.claims(), "nonce", attempt.nonce()) -> new Check.Bad(Reason.LOGIN_INVALID);
            case Check other -> other;
        };
    }

    /** The token of a refresh, which has no nonce or the one of the login (section 12.2). */
    Check ofRefresh(TokenReply.Tokens tokens, Instant now) {
        return judge(tokens, now);
    }

    private Check judge(TokenReply.Tokens tokens, Instant now) {
        return switch (verifier.check(tokens.idToken(), now)) {
            case TokenCheck.Refused(var reason) -> new Check.Bad(reason);
            case TokenCheck.Unavailable(var retryAfter) -> new Check.Away(retryAfter);
            case TokenCheck.Verified verified -> judge(verified.claims(), tokens);
        };
    }

    private Check judge(Claims claims, TokenReply.Tokens tokens) {
        if (!meantForUs(claims)) {
            return new Check.Bad(Reason.TOKEN_AUDIENCE);
        }
        if (claims.find("at_hash").isPresent() && !same(claims, "at_hash", hash(tokens))) {
            return new Check.Bad(Reason.TOKEN_BINDING);
        }
        try {
            return claims.text("sub")
                    .<Check>map(subject -> new Check.Good(new Subject(subject), claims))
                    .orElse(new Check.Bad(Reason.TOKEN_SUBJECT));
        } catch (InvalidInput e) {
            return new Check.Bad(Reason.TOKEN_SUBJECT);
        }
    }

    /** Of several audiences the token must say that we are the one that it was made for. */
    private boolean meantForUs(Claims claims) {
        var several = claims.find("aud").orElse(new ClaimValue.Nothing()) instanceof ClaimValue.Listing(var items)
                && items.size() > 1;
        return claims.find("azp").isPresent() ? same(claims, "azp", settings.clientId()) : !several;
    }

    private static boolean same(Claims claims, String name, String expected) {
        return claims.text(name)
                .filter(text -> MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    /**
     * The left half of the hash of the access token (section 3.1.3.6). The hash is that of the signature's algorithm, which the
     * first segment names; the verifier has seen that it is an allowed one.
     */
    private static String hash(TokenReply.Tokens tokens) {
        var algorithm = io.triport.identity.jose.CompactJws.parse(
                        tokens.idToken(), io.triport.identity.jose.CompactJws.USUAL_LENGTH)
                .flatMap(jws -> jws.header().algorithm())
                .orElseThrow();
        try {
            var digest = MessageDigest.getInstance("SHA-" + algorithm.hashBits())
                    .digest(tokens.accessToken().getBytes(StandardCharsets.US_ASCII));
            return Base64Url.encode(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }
}
