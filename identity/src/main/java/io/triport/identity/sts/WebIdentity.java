package io.triport.identity.sts;

import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.TrustedProvider;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.Reason;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.HeaderRules;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.Lifetime;
import io.triport.identity.jwt.TokenCheck;
import io.triport.identity.jwt.TokenRules;
import io.triport.identity.jwt.TokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges tokens of identity providers for a role.
 *
 * @param keys of the providers
 */
record WebIdentity(IssuerKeys keys) {
    /*
     * Order of checks (object proxy, section 4): issuer, algorithm, key, signature, times, audience, subject, claims. The first
     * ones are about the token, and each has its own message; the last three are about the role, and have one for all, which
     * does not tell a stranger how it is set up.
     */
    private static final Lifetime TIMES =
            new Lifetime(Duration.ofSeconds(60), Lifetime.UNBOUNDED, Lifetime.Expiry.REQUIRED);

    /** Whom a token speaks of. @param audience of the token that the role accepts, the first one it has where the role takes any */
    record Bearer(String subject, String audience, TrustedProvider provider, Claims claims) {}

    /** @throws StsRefusal when the token does not open the role */
    Bearer judge(AssumableRole role, String token, Instant now) {
        var claimed = CompactJws.parse(token, CompactJws.MOST_LENGTH).flatMap(CompactJws::claims);
        if (claimed.isEmpty()) {
            throw invalid("The token is not a signed token");
        }
        var provider = role.providers().stream()
                .filter(trusted -> new ClaimValue.Text(trusted.issuer().text())
                        .equals(claimed.get().members().get("iss")))
                .findFirst()
                .orElseThrow(() -> invalid("The issuer of the token is not trusted by the role"));
        var claims = signed(role, provider, token, now);
        var audience = audience(role, claims).orElseThrow(() -> new StsRefusal(StsProblem.denied()));
        var subject = claims.text("sub")
                .filter(text -> role.subjects().stream().anyMatch(glob -> glob.matches(text)))
                .orElseThrow(() -> new StsRefusal(StsProblem.denied()));
        if (!role.conditions().entrySet().stream()
                .allMatch(condition -> holds(claims.find(condition.getKey()).orElse(null), condition.getValue()))) {
            throw new StsRefusal(StsProblem.denied());
        }
        return new Bearer(subject, audience, provider, claims);
    }

    private Claims signed(AssumableRole role, TrustedProvider provider, String token, Instant now) {
        var rules = new TokenRules(
                new IssuerRule.Exactly(provider.issuer()),
                new AudienceRule.Anybody(),
                algorithms(role.algorithms()),
                HeaderRules.DEFAULT,
                TIMES,
                CompactJws.MOST_LENGTH);
        return switch (new TokenVerifier(rules, keys.of(provider.issuer())).check(token, now)) {
            case TokenCheck.Verified verified -> verified.claims();
            case TokenCheck.Refused(var reason) -> throw refused(reason);
            case TokenCheck.Unavailable away ->
                throw new StsRefusal(
                        StsProblem.Code.PROVIDER_UNREACHABLE, "The keys of the issuer could not be fetched");
        };
    }

    private static Set<JwsAlgorithm> algorithms(Set<String> names) {
        return names.stream()
                .flatMap(name -> "EdDSA".equals(name)
                        ? java.util.stream.Stream.of(JwsAlgorithm.EDDSA, JwsAlgorithm.ED25519)
                        : JwsAlgorithm.named(name).stream())
                .filter(algorithm -> !algorithm.symmetric())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static StsRefusal refused(Reason reason) {
        return switch (reason) {
            case TOKEN_EXPIRED ->
                new StsRefusal(StsProblem.Code.EXPIRED_TOKEN, "The token has expired, or does not say when it does");
            case TOKEN_ALGORITHM -> invalid("The algorithm of the token is not allowed by the role");
            case TOKEN_KEY_UNKNOWN -> invalid("The key of the token is not among those of its issuer");
            case TOKEN_SIGNATURE -> invalid("The signature of the token does not match");
            case TOKEN_NOT_YET_VALID -> invalid("The token is not valid yet");
            case TOKEN_HEADER -> invalid("The header of the token is not accepted");
            default -> invalid("The token is malformed");
        };
    }

    private static Optional<String> audience(AssumableRole role, Claims claims) {
        var named = claims.find("aud").map(WebIdentity::texts).orElse(List.of());
        return named.stream()
                .filter(audience ->
                        role.audiences().isEmpty() || role.audiences().contains(audience))
                .findFirst()
                .or(() -> role.audiences().isEmpty() ? Optional.of("") : Optional.empty());
    }

    private static List<String> texts(ClaimValue value) {
        return switch (value) {
            case ClaimValue.Text(var text) -> List.of(text);
            case ClaimValue.Listing(var items) ->
                items.stream().flatMap(item -> texts(item).stream()).toList();
            default -> List.of();
        };
    }

    /** A text that fits, or a list with one. */
    private static boolean holds(@Nullable ClaimValue value, List<Glob> patterns) {
        return value != null
                && texts(value).stream().anyMatch(text -> patterns.stream().anyMatch(glob -> glob.matches(text)));
    }

    private static StsRefusal invalid(String message) {
        return new StsRefusal(StsProblem.Code.INVALID_IDENTITY_TOKEN, message);
    }
}
