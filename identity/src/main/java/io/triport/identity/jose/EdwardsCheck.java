package io.triport.identity.jose;

import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Ed25519 by Bouncy Castle, which takes a ninth of the platform's time. */
final class EdwardsCheck implements SignatureCheck {
    private final Ed25519PublicKeyParameters key;

    EdwardsCheck(Ed25519PublicKeyParameters key) {
        this.key = key;
    }

    @Override
    public boolean holds(JwsAlgorithm algorithm, byte[] text, int length, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && key.verify(Ed25519.Algorithm.Ed25519, null, text, 0, length, signature, 0);
    }
}
