package io.triport.identity.signed;

import io.triport.domain.identity.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All who may sign, by the key id that their requests name.
 *
 * @param signers no two of them share a key: a request could be repeated under the other's name
 */
public record SignedKeys(Map<String, SignedKey> signers) {
    /** Stand in for a key id that nobody has, so that an unknown id takes the same way as a known one. */
    private static final Map<SignatureAlgorithm, SignatureKey> NOBODY = Map.of(
            SignatureAlgorithm.HMAC_SHA256,
            SignatureKey.shared(Secret.of("no key of this id, but the same work")),
            SignatureAlgorithm.ED25519,
            SignatureKey.parsePublic("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="),
            SignatureAlgorithm.ECDSA_P256_SHA256,
            SignatureKey.parsePublic("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf"
                    + "w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ=="));

    public SignedKeys {
        signers = Map.copyOf(signers);
        if (signers.isEmpty()) {
            throw new IllegalArgumentException("signers: none (expected: 1 or more)");
        }
        var keys = signers.values().stream()
                .flatMap(signer -> signer.keys().stream())
                .toList();
        for (var i = 0; i < keys.size(); i++) {
            if (keys.indexOf(keys.get(i)) < i) {
                throw new IllegalArgumentException("a key occurs twice (expected: each with one signer)");
            }
        }
    }

    Optional<SignedKey> find(String keyId) {
        return Optional.ofNullable(signers.get(keyId));
    }

    /** What a claim is checked with: the fitting keys of its signer, else a key of nobody's for the same work. */
    List<SignatureKey> candidates(String keyId, Set<SignatureAlgorithm> algorithms) {
        var fitting = find(keyId).stream()
                .flatMap(signer -> signer.keys().stream())
                .filter(key -> algorithms.contains(key.algorithm()))
                .toList();
        return fitting.isEmpty() ? List.of(NOBODY.get(usual(algorithms))) : fitting;
    }

    /** The algorithm of the signers when a claim leaves it open, so that an unknown id costs what a known one does. */
    private SignatureAlgorithm usual(Set<SignatureAlgorithm> algorithms) {
        return signers.values().stream()
                .flatMap(signer -> signer.keys().stream())
                .map(SignatureKey::algorithm)
                .filter(algorithms::contains)
                .findFirst()
                .orElse(algorithms.iterator().next());
    }
}
