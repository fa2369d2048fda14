package io.triport.identity.jose;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Signatures by a provider of the Java platform. */
final class PlatformCheck implements SignatureCheck {
    private final PublicKey key;
    private final Predicate<byte[]> plausible;
    private final @Nullable Provider provider;

    /** @param plausible a cheap look at a signature, in front of the dear one */
    PlatformCheck(PublicKey key, Predicate<byte[]> plausible, @Nullable Provider provider) {
        this.key = key;
        this.plausible = plausible;
        this.provider = provider;
    }

    @Override
    public boolean holds(JwsAlgorithm algorithm, byte[] text, int length, byte[] signature) {
        if (!plausible.test(signature)) {
            return false;
        }
        try {
            var verifier = verifier(algorithm);
            verifier.update(text, 0, length);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm.text() + " with a key that was read as one for it", e);
        }
    }

    private Signature verifier(JwsAlgorithm algorithm) throws GeneralSecurityException {
        var name = name(algorithm);
        var verifier = provider == null ? Signature.getInstance(name) : Signature.getInstance(name, provider);
        if (algorithm.family() == JwsAlgorithm.Family.RSA_PSS) {
            verifier.setParameter(pss(algorithm));
        }
        verifier.initVerify(key);
        return verifier;
    }

    private static String name(JwsAlgorithm algorithm) {
        return switch (algorithm.family()) {
            case RSA -> "SHA" + algorithm.hashBits() + "withRSA";
            case RSA_PSS -> "RSASSA-PSS";
            case EC -> "SHA" + algorithm.hashBits() + "withECDSAinP1363Format";
            case EDWARDS -> "Ed25519";
            case HMAC -> throw new IllegalArgumentException("algorithm: " + algorithm + " (expected: a public key's)");
        };
    }

    /** Salt as long as the hash, and the same hash within the mask (RFC 7518 section 3.5). */
    private static PSSParameterSpec pss(JwsAlgorithm algorithm) {
        var hash = "SHA-" + algorithm.hashBits();
        return new PSSParameterSpec(
                hash,
                "MGF1",
                new MGF1ParameterSpec(hash),
                algorithm.hashBits() / Byte.SIZE,
                PSSParameterSpec.TRAILER_FIELD_BC);
    }
}
