package io.triport.identity.jwt;

import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.HeaderRules;
import io.triport.identity.jose.JwsAlgorithm;
import java.util.Set;

/**
 * Which tokens are taken.
 *
 * @param algorithms one or more, all symmetric or none
 * @param longest in bytes, up to 16 KiB
 */
public record TokenRules(
        IssuerRule issuer,
        AudienceRule audience,
        Set<JwsAlgorithm> algorithms,
        HeaderRules header,
        Lifetime lifetime,
        int longest) {
    public TokenRules {
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty()
                || algorithms.stream().map(JwsAlgorithm::symmetric).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "algorithms: " + algorithms + " (expected: one or more, all of secrets or all of public keys)");
        }
        if (issuer instanceof IssuerRule.Unnamed && algorithms.stream().noneMatch(JwsAlgorithm::symmetric)) {
            throw new IllegalArgumentException("issuer: none (expected: an issuer, where keys are public)");
        }
        if (longest < 1 || longest > CompactJws.MOST_LENGTH) {
            throw new IllegalArgumentException("longest: " + longest + " (expected: 1..16384)");
        }
    }

    /** Everything else as it is usual. */
    public static TokenRules of(IssuerRule issuer, AudienceRule audience, Set<JwsAlgorithm> algorithms) {
        return new TokenRules(
                issuer, audience, algorithms, HeaderRules.DEFAULT, Lifetime.DEFAULT, CompactJws.USUAL_LENGTH);
    }
}
