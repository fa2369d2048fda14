package io.triport.identity.jose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.ServiceLoader;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Who computes signatures: a native provider for all where there is one, else Bouncy Castle for curves and the platform for
 * RSA. Safe for many threads.
 */
public final class SignatureEngine {
    private static final String NATIVE = "AmazonCorrettoCryptoProvider";

    /** SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410 section 4). */
    private static final byte[] ED25519_INFO = HexFormat.of().parseHex("302a300506032b6570032100");

    private final @Nullable Provider provider;

    private SignatureEngine(@Nullable Provider provider) {
        this.provider = provider;
    }

    /** The fastest that is there: to be asked once, at the start. */
    public static SignatureEngine present() {
        var installed = Security.getProvider(NATIVE);
        if (installed != null) {
            return new SignatureEngine(installed);
        }
        return ServiceLoader.load(Provider.class).stream()
                .filter(found -> found.type().getSimpleName().equals(NATIVE))
                .findFirst()
                .map(found -> new SignatureEngine(found.get()))
                .orElseGet(SignatureEngine::portable);
    }

    /** Bouncy Castle and the platform. */
    static SignatureEngine portable() {
        return new SignatureEngine(null);
    }

    /** All by one provider. */
    static SignatureEngine of(Provider provider) {
        return new SignatureEngine(provider);
    }

    SignatureCheck rsa(BigInteger modulus, BigInteger exponent) {
        var length = (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        try {
            var key = factory("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
            return new PlatformCheck(key, signature -> signature.length == length, provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    SignatureCheck curve(EcCurve curve, ECPoint point) {
        return provider == null
                ? new CurveCheck(curve, point)
                : new PlatformCheck(key(curve, point), curve::plausible, provider);
    }

    /** Empty when the bytes are no point of full order. */
    Optional<SignatureCheck> edwards(byte[] point) {
        if (point.length != Ed25519.PUBLIC_KEY_SIZE || !Ed25519.validatePublicKeyFull(point, 0)) {
            return Optional.empty();
        }
        return Optional.of(
                provider == null
                        ? new EdwardsCheck(new Ed25519PublicKeyParameters(point, 0))
                        : new PlatformCheck(
                                key(point), signature -> signature.length == Ed25519.SIGNATURE_SIZE, provider));
    }

    private PublicKey key(EcCurve curve, ECPoint point) {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve.standardName()));
            var normal = point.normalize();
            var affine = new java.security.spec.ECPoint(
                    normal.getAffineXCoord().toBigInteger(),
                    normal.getAffineYCoord().toBigInteger());
            return factory("EC")
                    .generatePublic(new ECPublicKeySpec(affine, parameters.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has the NIST curves", e);
        }
    }

    private PublicKey key(byte[] point) {
        var encoded = new byte[ED25519_INFO.length + point.length];
        System.arraycopy(ED25519_INFO, 0, encoded, 0, ED25519_INFO.length);
        System.arraycopy(point, 0, encoded, ED25519_INFO.length, point.length);
        try {
            return factory("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /** A provider's own, where it has one: not every provider takes the keys of another. */
    private KeyFactory factory(String name) throws GeneralSecurityException {
        return provider == null || provider.getService("KeyFactory", name) == null
                ? KeyFactory.getInstance(name)
                : KeyFactory.getInstance(name, provider);
    }

    /** For the log. */
    @Override
    public String toString() {
        return provider == null
                ? "Bouncy Castle and " + System.getProperty("java.vm.name", "Java")
                : provider.getName();
    }
}
