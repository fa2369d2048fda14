package io.triport.identity.jose;

import io.triport.domain.identity.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-2 (RFC 7518 section 3.2), compared over its full length in constant time. */
final class MacCheck implements SignatureCheck {
    /** One that is keyed and never updated itself, per algorithm: a clone costs less than keying anew. */
    private final Map<JwsAlgorithm, Mac> keyed = new EnumMap<>(JwsAlgorithm.class);

    MacCheck(Secret secret, Set<JwsAlgorithm> algorithms) {
        for (var algorithm : algorithms) {
            keyed.put(algorithm, secret.use(bytes -> keyed(algorithm, bytes)));
        }
    }

    @Override
    public boolean holds(JwsAlgorithm algorithm, byte[] text, int length, byte[] signature) {
        var mac = keyed.get(algorithm);
        return mac != null && MessageDigest.isEqual(sign(mac, text, length), signature);
    }

    private static byte[] sign(Mac keyed, byte[] text, int length) {
        try {
            var mac = (Mac) keyed.clone();
            mac.update(text, 0, length);
            return mac.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's HMAC can be cloned", e);
        }
    }

    private static Mac keyed(JwsAlgorithm algorithm, byte[] bytes) {
        try {
            var name = "HmacSHA" + algorithm.hashBits();
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(bytes, name));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-2", e);
        }
    }
}
