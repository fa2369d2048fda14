package io.triport.identity.jose;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Public keys as PEM (RFC 7468 section 13). They have no id. */
record PemKeys(SignatureEngine engine) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([A-Za-z0-9+/=\\s]*+)-----END \\1-----");
    private static final String PUBLIC = "PUBLIC KEY";

    /** Empty when there is no key, a block of another kind, or a key that cannot be used. */
    Optional<List<JwsKey>> read(String text) {
        var keys = new ArrayList<JwsKey>();
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            var key = blocks.group(1).equals(PUBLIC) ? key(blocks.group(2)) : Optional.<JwsKey>empty();
            if (key.isEmpty()) {
                return Optional.empty();
            }
            keys.add(key.get());
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
    }

    private Optional<JwsKey> key(String base64) {
        try {
            return switch (PublicKeyFactory.createKey(Base64.getMimeDecoder().decode(base64))) {
                case RSAKeyParameters rsa
                when JwkReader.sound(rsa.getModulus(), rsa.getExponent()) ->
                    Optional.of(key(
                            Set.of(JwsAlgorithm.Family.RSA, JwsAlgorithm.Family.RSA_PSS),
                            engine.rsa(rsa.getModulus(), rsa.getExponent())));
                case ECPublicKeyParameters ec -> curve(ec);
                case Ed25519PublicKeyParameters edwards ->
                    engine.edwards(edwards.getEncoded()).map(check -> key(Set.of(JwsAlgorithm.Family.EDWARDS), check));
                default -> Optional.empty();
            };
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<JwsKey> curve(ECPublicKeyParameters key) {
        var point = key.getQ().normalize();
        for (var curve : EcCurve.values()) {
            if (curve.domain().getN().equals(key.getParameters().getN())) {
                return curve.point(
                                point.getAffineXCoord().toBigInteger(),
                                point.getAffineYCoord().toBigInteger())
                        .map(found -> new JwsKey(null, Set.of(curve.algorithm()), engine.curve(curve, found)));
            }
        }
        return Optional.empty();
    }

    private static JwsKey key(Set<JwsAlgorithm.Family> families, SignatureCheck check) {
        var algorithms = EnumSet.allOf(JwsAlgorithm.class);
        algorithms.removeIf(algorithm -> !families.contains(algorithm.family()));
        return new JwsKey(null, algorithms, check);
    }
}
