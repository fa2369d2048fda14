package io.triport.identity.signer;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A private key of ours with its public description. Its id is the thumbprint of the public key (RFC 7638), so a key has the
 * same one wherever it is loaded, unless another was agreed on. Safe for many threads.
 */
public final class SignerKey {
    /*
     * Signatures of Ed25519 and ECDSA (RFC 6979) need no chance: a weak generator cannot give the key away, and the same token
     * is the same bytes.
     */
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    private static final int HALF = 32;
    private static final int MOST_ID = 256;

    private final SigningAlgorithm algorithm;
    private final String id;
    private final Map<String, String> publicMembers;
    private final UnaryOperator<byte[]> signing;

    private SignerKey(SigningAlgorithm algorithm, Map<String, String> publicMembers, UnaryOperator<byte[]> signing) {
        this(thumbprint(publicMembers), algorithm, publicMembers, signing);
    }

    private SignerKey(
            String id, SigningAlgorithm algorithm, Map<String, String> publicMembers, UnaryOperator<byte[]> signing) {
        this.id = id;
        this.algorithm = algorithm;
        this.publicMembers = publicMembers;
        this.signing = signing;
    }

    /**
     * Reads a key of RSA with 2048 to 8192 bits, of the curve P-256, or of Ed25519.
     *
     * @param pem PKCS#8 without encryption (RFC 7468 section 10)
     * @throws InvalidInput for anything else
     */
    public static SignerKey parse(Secret pem) {
        return pem.use(bytes -> {
            var text = new String(bytes, StandardCharsets.US_ASCII).strip();
            if (!text.startsWith(PrivateKeyPem.BEGIN) || !text.endsWith(PrivateKeyPem.END)) {
                throw refusal();
            }
            var body = text.substring(PrivateKeyPem.BEGIN.length(), text.length() - PrivateKeyPem.END.length());
            try {
                return of(Base64.getMimeDecoder().decode(body));
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                throw refusal();
            }
        });
    }

    /** The same key under an id that was agreed with others. @throws InvalidInput for an empty one, or more than 256 characters */
    public SignerKey named(String other) {
        if (other.isEmpty() || other.length() > MOST_ID) {
            throw new InvalidInput("kid", "1.." + MOST_ID + " characters");
        }
        return new SignerKey(other, algorithm, publicMembers, signing);
    }

    public String id() {
        return id;
    }

    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /** The public half as a JSON Web Key (RFC 7517). */
    ClaimValue jwk() {
        var members = new LinkedHashMap<String, ClaimValue>();
        publicMembers.forEach((name, value) -> members.put(name, JsonText.text(value)));
        members.put("kid", JsonText.text(id));
        members.put("use", JsonText.text("sig"));
        members.put("alg", JsonText.text(algorithm.text()));
        return new ClaimValue.Members(members);
    }

    byte[] sign(byte[] text) {
        return signing.apply(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignerKey key && key.id.equals(id) && key.publicMembers.equals(publicMembers);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "SignerKey[" + algorithm.text() + ", " + id + "]";
    }

    private static SignerKey of(byte[] der) throws IOException, GeneralSecurityException {
        return switch (PrivateKeyFactory.createKey(der)) {
            case Ed25519PrivateKeyParameters key -> ed25519(key);
            case ECPrivateKeyParameters key -> p256(key);
            case RSAPrivateCrtKeyParameters key -> rsa(key, der);
            default -> throw refusal();
        };
    }

    private static SignerKey ed25519(Ed25519PrivateKeyParameters key) {
        var members = Map.of(
                "kty",
                "OKP",
                "crv",
                "Ed25519",
                "x",
                base64(key.generatePublicKey().getEncoded()));
        return new SignerKey(SigningAlgorithm.EDDSA, new TreeMap<>(members), text -> {
            var signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(text, 0, text.length);
            return signer.generateSignature();
        });
    }

    private static SignerKey p256(ECPrivateKeyParameters key) {
        if (!(key.getParameters() instanceof ECNamedDomainParameters named)
                || !named.getName().equals(SECObjectIdentifiers.secp256r1)) {
            throw refusal();
        }
        var point = new FixedPointCombMultiplier()
                .multiply(named.getG(), key.getD())
                .normalize();
        var members = Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "x",
                base64(point.getAffineXCoord().getEncoded()),
                "y",
                base64(point.getAffineYCoord().getEncoded()));
        return new SignerKey(SigningAlgorithm.ES256, new TreeMap<>(members), text -> {
            var signer = new ECDSASigner(new HMacDSAKCalculator(SHA256Digest.newInstance()));
            signer.init(true, key);
            var halves = signer.generateSignature(Sha256.of(text));
            var signature = Arrays.copyOf(fixed(halves[0]), 2 * HALF);
            System.arraycopy(fixed(halves[1]), 0, signature, HALF, HALF);
            return signature;
        });
    }

    private static SignerKey rsa(RSAPrivateCrtKeyParameters key, byte[] der) throws GeneralSecurityException {
        var bits = key.getModulus().bitLength();
        if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
            throw refusal();
        }
        var own = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        var members = Map.of(
                "kty", "RSA",
                "n", base64(unsigned(key.getModulus())),
                "e", base64(unsigned(key.getPublicExponent())));
        return new SignerKey(SigningAlgorithm.RS256, new TreeMap<>(members), text -> signRsa(own, text));
    }

    private static byte[] signRsa(PrivateKey own, byte[] text) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(own);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA256withRSA", e);
        }
    }

    /** RFC 7638 section 3: the members that make the key, in the order of their names. */
    private static String thumbprint(Map<String, String> publicMembers) {
        var members = new LinkedHashMap<String, ClaimValue>();
        publicMembers.forEach((name, value) -> members.put(name, JsonText.text(value)));
        return base64(Sha256.of(JsonText.of(new ClaimValue.Members(members))));
    }

    private static byte[] fixed(BigInteger number) {
        var bytes = unsigned(number);
        var fixed = new byte[HALF];
        System.arraycopy(bytes, 0, fixed, HALF - bytes.length, bytes.length);
        return fixed;
    }

    private static byte[] unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static InvalidInput refusal() {
        return new InvalidInput("private key", "PKCS#8 in PEM of RSA with 2048..8192 bits, P-256 or Ed25519");
    }
}
