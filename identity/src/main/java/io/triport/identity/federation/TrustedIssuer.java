package io.triport.identity.federation;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.HeaderRules;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.Lifetime;
import io.triport.identity.jwt.TokenRules;
import java.time.Duration;
import java.util.Set;

/**
 * Which tokens of another system are taken, and for what.
 *
 * @param issuer the claim {@code iss}, byte for byte
 * @param audience of which a token must name one; one or more
 * @param algorithms one or more, of public keys
 * @param role what a matching subject is here
 * @param maxAge how long after its issue a token is taken
 */
public record TrustedIssuer(
        Issuer issuer,
        Set<String> audience,
        SubjectPattern subject,
        Set<JwsAlgorithm> algorithms,
        Role role,
        Set<Scope> scopes,
        Duration maxAge) {
    public static final Set<JwsAlgorithm> USUAL =
            Set.of(JwsAlgorithm.RS256, JwsAlgorithm.ES256, JwsAlgorithm.EDDSA, JwsAlgorithm.ED25519);

    public static final Duration USUAL_AGE = Duration.ofHours(1);

    private static final Duration LONGEST_AGE = Duration.ofDays(1);

    public TrustedIssuer {
        audience = Set.copyOf(audience);
        algorithms = Set.copyOf(algorithms);
        scopes = Set.copyOf(scopes);
        if (algorithms.stream().anyMatch(JwsAlgorithm::symmetric)) {
            throw new IllegalArgumentException("algorithms: " + algorithms + " (expected: those of public keys)");
        }
        if (!maxAge.isPositive() || maxAge.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException("maxAge: " + maxAge + " (expected: more than zero, at most 24h)");
        }
    }

    TokenRules rules() {
        return new TokenRules(
                new IssuerRule.Exactly(issuer),
                new AudienceRule.OneOf(audience),
                algorithms,
                HeaderRules.DEFAULT,
                new Lifetime(Lifetime.USUAL_SKEW, maxAge, Lifetime.Expiry.REQUIRED),
                CompactJws.USUAL_LENGTH);
    }
}
