package io.triport.identity.jose;

import io.triport.domain.identity.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks signatures by the keys of one issuer.
 *
 * @param algorithms that a text may name, one or more, all symmetric or none
 */
public record JwsVerifier(Set<JwsAlgorithm> algorithms, HeaderRules header, KeySource keys) {
    /*
     * Order of checks (identity specification, section 3, steps 3 to 7). The algorithm must be allowed before anything else is
     * looked at, and the key is found by the issuer's own set: what the text says of itself only ever narrows.
     */
    public JwsVerifier {
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty()
                || algorithms.stream().map(JwsAlgorithm::symmetric).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "algorithms: " + algorithms + " (expected: one or more, all of secrets or all of public keys)");
        }
    }

    /** What was found of a signature. */
    public sealed interface Check {
        record Signed() implements Check {}

        record Refused(Reason reason) implements Check {}

        /** The keys to judge it with are not at hand. */
        record Unavailable(Duration retryAfter) implements Check {}
    }

    /** May wait until keys are fetched. */
    public Check check(CompactJws jws) {
        var named = jws.header().algorithm().filter(algorithms::contains);
        if (named.isEmpty()) {
            return new Check.Refused(Reason.TOKEN_ALGORITHM);
        }
        if (!header.accept(jws.header())) {
            return new Check.Refused(Reason.TOKEN_HEADER);
        }
        return switch (find(jws.header().kid(), named.get())) {
            case KeySource.Found.Unknown unknown -> new Check.Refused(Reason.TOKEN_KEY_UNKNOWN);
            case KeySource.Found.Unavailable away -> new Check.Unavailable(away.retryAfter());
            case KeySource.Found.Keys found ->
                signed(jws, named.get(), found.keys()) ? new Check.Signed() : new Check.Refused(Reason.TOKEN_SIGNATURE);
        };
    }

    /** Whether {@link #check} would answer without waiting and in less than 100 us; curves take longer. */
    public boolean quick(JoseHeader judged) {
        var named = judged.algorithm().filter(algorithms::contains);
        return named.isEmpty() || (named.get().quick() && keys.holds(judged.kid(), named.get()));
    }

    private KeySource.Found find(Optional<String> kid, JwsAlgorithm algorithm) {
        return kid.isPresent() && !KeySet.plausible(kid.get())
                ? new KeySource.Found.Unknown()
                : keys.find(kid, algorithm);
    }

    private static boolean signed(CompactJws jws, JwsAlgorithm algorithm, List<JwsKey> candidates) {
        for (var key : candidates) {
            if (key.signed(jws, algorithm)) {
                return true;
            }
        }
        return false;
    }
}
