package io.triport.identity.signed;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** What a signature is checked with. Bound to one algorithm, so a public key never serves as a secret. Safe for many threads. */
public sealed interface SignatureKey {
    SignatureAlgorithm algorithm();

    /** Whether the key's owner made the signature over exactly these bytes. */
    boolean signed(byte[] text, byte[] signature);

    /** @throws InvalidInput for less than 32 bytes, the length of the hash (RFC 2104 section 3) */
    static SignatureKey shared(Secret secret) {
        return new Shared(secret);
    }

    /**
     * A public key of Ed25519 or of the curve P-256.
     *
     * @param text SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) as PEM, or as base64 alone
     * @throws InvalidInput for anything else, also for a point that is not on the curve
     */
    static SignatureKey parsePublic(String text) {
        try {
            var body = text.replace("-----BEGIN PUBLIC KEY-----", "").replace("-----END PUBLIC KEY-----", "");
            var encoded = Base64.getDecoder().decode(body.replaceAll("\\s", ""));
            return switch (PublicKeyFactory.createKey(encoded)) {
                case Ed25519PublicKeyParameters key -> new Ed25519(key);
                case ECPublicKeyParameters key -> new EcdsaP256(key);
                default -> throw refusal();
            };
        } catch (IOException | RuntimeException e) {
            throw refusal();
        }
    }

    private static InvalidInput refusal() {
        return new InvalidInput("public key", "SubjectPublicKeyInfo of Ed25519 or P-256 as PEM or base64");
    }

    /** HMAC with SHA-256 (RFC 9421 section 3.3.3). */
    record Shared(Secret secret) implements SignatureKey {
        private static final int LEAST_BYTES = 32;

        public Shared {
            if (secret.size() < LEAST_BYTES) {
                throw new InvalidInput("secret", LEAST_BYTES + " bytes or more");
            }
        }

        @Override
        public SignatureAlgorithm algorithm() {
            return SignatureAlgorithm.HMAC_SHA256;
        }

        @Override
        public boolean signed(byte[] text, byte[] signature) {
            return MessageDigest.isEqual(mac(text), signature);
        }

        byte[] mac(byte[] text) {
            return secret.use(bytes -> {
                var mac = new HMac(SHA256Digest.newInstance());
                mac.init(new KeyParameter(bytes));
                mac.update(text, 0, text.length);
                var result = new byte[mac.getMacSize()];
                mac.doFinal(result, 0);
                return result;
            });
        }
    }

    /** Ed25519 (RFC 9421 section 3.3.6). */
    final class Ed25519 implements SignatureKey {
        private final Ed25519PublicKeyParameters key;

        private Ed25519(Ed25519PublicKeyParameters key) {
            this.key = key;
        }

        @Override
        public SignatureAlgorithm algorithm() {
            return SignatureAlgorithm.ED25519;
        }

        @Override
        public boolean signed(byte[] text, byte[] signature) {
            var verifier = new Ed25519Signer();
            verifier.init(false, key);
            verifier.update(text, 0, text.length);
            return verifier.verifySignature(signature);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ed25519 that && Arrays.equals(key.getEncoded(), that.key.getEncoded());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(key.getEncoded());
        }
    }

    /** ECDSA over P-256 with SHA-256; the signature is r and s of 32 bytes each (RFC 9421 section 3.3.4). */
    final class EcdsaP256 implements SignatureKey {
        private static final int HALF = 32;

        private final ECPublicKeyParameters key;

        private EcdsaP256(ECPublicKeyParameters key) {
            if (!(key.getParameters() instanceof ECNamedDomainParameters named)
                    || !named.getName().equals(SECObjectIdentifiers.secp256r1)) {
                throw refusal();
            }
            this.key = key;
        }

        @Override
        public SignatureAlgorithm algorithm() {
            return SignatureAlgorithm.ECDSA_P256_SHA256;
        }

        @Override
        public boolean signed(byte[] text, byte[] signature) {
            if (signature.length != 2 * HALF) {
                return false;
            }
            var hash = new byte[HALF];
            var digest = SHA256Digest.newInstance();
            digest.update(text, 0, text.length);
            digest.doFinal(hash, 0);
            var verifier = new ECDSASigner();
            verifier.init(false, key);
            return verifier.verifySignature(
                    hash, new BigInteger(1, signature, 0, HALF), new BigInteger(1, signature, HALF, HALF));
        }

        private Bytes point() {
            return Bytes.copyOf(key.getQ().getEncoded(true));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof EcdsaP256 that && point().equals(that.point());
        }

        @Override
        public int hashCode() {
            return point().hashCode();
        }
    }
}
