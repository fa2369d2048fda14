package io.triport.identity.jose;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/** ECDSA by Bouncy Castle, which takes an eighth of the platform's time. */
final class CurveCheck implements SignatureCheck {
    private final EcCurve curve;
    private final ECPublicKeyParameters key;

    CurveCheck(EcCurve curve, ECPoint point) {
        this.curve = curve;
        this.key = new ECPublicKeyParameters(point, curve.domain());
    }

    @Override
    public boolean holds(JwsAlgorithm algorithm, byte[] text, int length, byte[] signature) {
        if (!curve.plausible(signature)) {
            return false;
        }
        var half = curve.bytes();
        var signer = new ECDSASigner();
        signer.init(false, key);
        return signer.verifySignature(
                hash(algorithm, text, length),
                new BigInteger(1, signature, 0, half),
                new BigInteger(1, signature, half, half));
    }

    private static byte[] hash(JwsAlgorithm algorithm, byte[] text, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-" + algorithm.hashBits());
            digest.update(text, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }
}
