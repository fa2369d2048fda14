package io.triport.identity.jose;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that checks signatures, and the algorithms that it may be used with. They are of one family, so that a public key is
 * never taken for the secret of a MAC. Immutable; safe for many threads.
 */
public final class JwsKey {
    private final @Nullable String kid;
    private final Set<JwsAlgorithm> algorithms;
    private final SignatureCheck check;

    JwsKey(@Nullable String kid, Set<JwsAlgorithm> algorithms, SignatureCheck check) {
        this.kid = kid;
        this.algorithms = Set.copyOf(algorithms);
        this.check = check;
    }

    /** A shared secret without an id; see {@link #secret(String, Secret, Set)}. */
    public static JwsKey secret(Secret secret, Set<JwsAlgorithm> algorithms) {
        return keyed(null, secret, algorithms);
    }

    /**
     * A shared secret.
     *
     * @throws InvalidInput when it is shorter than the hash of an algorithm (RFC 7518 section 3.2), or one is not symmetric
     */
    public static JwsKey secret(String kid, Secret secret, Set<JwsAlgorithm> algorithms) {
        return keyed(kid, secret, algorithms);
    }

    private static JwsKey keyed(@Nullable String kid, Secret secret, Set<JwsAlgorithm> algorithms) {
        for (var algorithm : algorithms) {
            if (!algorithm.symmetric()) {
                throw new InvalidInput("algorithms", "HS256, HS384 or HS512 beside a secret");
            }
            if (secret.size() < algorithm.hashBits() / Byte.SIZE) {
                throw new InvalidInput(
                        "secret", algorithm.hashBits() / Byte.SIZE + " bytes or more for " + algorithm.text());
            }
        }
        return new JwsKey(kid, algorithms, new MacCheck(secret, algorithms));
    }

    public Optional<String> kid() {
        return Optional.ofNullable(kid);
    }

    /** Whether the key may be used so. */
    public boolean fits(JwsAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    boolean overlaps(JwsKey other) {
        return !Collections.disjoint(algorithms, other.algorithms);
    }

    /** Whether the text was signed with this key by the algorithm that it names. */
    public boolean signed(CompactJws jws, JwsAlgorithm algorithm) {
        return fits(algorithm) && jws.signedBy(check, algorithm);
    }

    @Override
    public String toString() {
        var families = EnumSet.noneOf(JwsAlgorithm.Family.class);
        algorithms.forEach(algorithm -> families.add(algorithm.family()));
        return "JwsKey[" + families + "]";
    }
}
