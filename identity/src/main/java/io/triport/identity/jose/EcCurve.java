package io.triport.identity.jose;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;

/** The curves of ECDSA, each bound to one algorithm (RFC 7518 section 3.4). */
enum EcCurve {
    P256("P-256", "secp256r1", JwsAlgorithm.ES256),
    P384("P-384", "secp384r1", JwsAlgorithm.ES384),
    P521("P-521", "secp521r1", JwsAlgorithm.ES512);

    private final String jwkName;
    private final String standardName;
    private final JwsAlgorithm algorithm;
    private final ECDomainParameters domain;

    EcCurve(String jwkName, String standardName, JwsAlgorithm algorithm) {
        this.jwkName = jwkName;
        this.standardName = standardName;
        this.algorithm = algorithm;
        X9ECParameters parameters = CustomNamedCurves.getByName(standardName);
        this.domain = new ECDomainParameters(parameters);
    }

    /** The one that a JWK names as its {@code crv}. */
    static Optional<EcCurve> named(String crv) {
        for (var curve : values()) {
            if (curve.jwkName.equals(crv)) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }

    /** As the Java platform names it. */
    String standardName() {
        return standardName;
    }

    JwsAlgorithm algorithm() {
        return algorithm;
    }

    ECDomainParameters domain() {
        return domain;
    }

    /** Of a coordinate, and of each half of a signature. */
    int bytes() {
        return (domain.getCurve().getFieldSize() + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** The point, if it lies on the curve and is not its zero. */
    Optional<ECPoint> point(BigInteger x, BigInteger y) {
        try {
            return Optional.of(domain.validatePublicPoint(domain.getCurve().createPoint(x, y)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether r and s are of the right length and within 1..n-1 (RFC 7518 section 3.4, FIPS 186-5 section 6.4.2). */
    boolean plausible(byte[] signature) {
        return signature.length == 2 * bytes()
                && inRange(new BigInteger(1, signature, 0, bytes()))
                && inRange(new BigInteger(1, signature, bytes(), bytes()));
    }

    private boolean inRange(BigInteger part) {
        return part.signum() > 0 && part.compareTo(domain.getN()) < 0;
    }
}
