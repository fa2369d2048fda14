package io.triport.identity.jose;

import io.triport.domain.identity.ClaimValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads public keys (JWK, RFC 7517, RFC 7518 section 6, RFC 8037), each by what it may be used for. */
record JwkReader(SignatureEngine engine) {
    private static final int LEAST_RSA_BITS = 2_048;
    private static final int MOST_RSA_BITS = 8_192;
    private static final int MOST_EXPONENT_BITS = 64;
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    /** One key of a set, told apart by what makes it the key that it is. */
    sealed interface Read {
        record Usable(JwsKey key, List<String> material) implements Read {}

        /** Of a kind or quality that is not used, such as one for encryption. */
        record Dropped(@Nullable String kid, List<String> material) implements Read {}

        /** What must not stand in public. */
        record Private() implements Read {}
    }

    Read read(ClaimValue.Members jwk) {
        var members = jwk.members();
        var kty = text(members, "kty").orElse("");
        if (!kty.equals("oct") && PRIVATE.stream().anyMatch(members::containsKey)) {
            return new Read.Private();
        }
        var kid = text(members, "kid").orElse(null);
        var material = material(members);
        if (members.containsKey("kid") && (kid == null || !KeySet.plausible(kid))) {
            return new Read.Dropped(null, material);
        }
        var algorithms = purposes(members);
        var check = switch (kty) {
            case "RSA" -> rsa(members, algorithms);
            case "EC" -> curve(members, algorithms);
            case "OKP" -> edwards(members, algorithms);
            default -> Optional.<SignatureCheck>empty();
        };
        return check.isEmpty() || algorithms.isEmpty()
                ? new Read.Dropped(kid, material)
                : new Read.Usable(new JwsKey(kid, algorithms, check.get()), material);
    }

    private Optional<SignatureCheck> rsa(Map<String, ClaimValue> members, Set<JwsAlgorithm> algorithms) {
        algorithms.removeIf(algorithm ->
                algorithm.family() != JwsAlgorithm.Family.RSA && algorithm.family() != JwsAlgorithm.Family.RSA_PSS);
        var modulus = number(members, "n");
        var exponent = number(members, "e");
        return modulus.isPresent() && exponent.isPresent() && sound(modulus.get(), exponent.get())
                ? Optional.of(engine.rsa(modulus.get(), exponent.get()))
                : Optional.empty();
    }

    static boolean sound(BigInteger modulus, BigInteger exponent) {
        return modulus.bitLength() >= LEAST_RSA_BITS
                && modulus.bitLength() <= MOST_RSA_BITS
                && modulus.testBit(0)
                && exponent.testBit(0)
                && exponent.compareTo(LEAST_EXPONENT) >= 0
                && exponent.bitLength() <= MOST_EXPONENT_BITS
                && !RocaFingerprint.shownBy(modulus);
    }

    private Optional<SignatureCheck> curve(Map<String, ClaimValue> members, Set<JwsAlgorithm> algorithms) {
        var curve = text(members, "crv").flatMap(EcCurve::named);
        if (curve.isEmpty()) {
            return Optional.empty();
        }
        algorithms.retainAll(Set.of(curve.get().algorithm()));
        var x = coordinate(members, "x", curve.get());
        var y = coordinate(members, "y", curve.get());
        return x.isPresent() && y.isPresent()
                ? curve.get().point(x.get(), y.get()).map(point -> engine.curve(curve.get(), point))
                : Optional.empty();
    }

    private Optional<SignatureCheck> edwards(Map<String, ClaimValue> members, Set<JwsAlgorithm> algorithms) {
        algorithms.removeIf(algorithm -> algorithm.family() != JwsAlgorithm.Family.EDWARDS);
        var point = bytes(members, "x");
        return text(members, "crv").filter("Ed25519"::equals).isPresent() && point != null
                ? engine.edwards(point)
                : Optional.empty();
    }

    /** What a key says it may be used with: all, when it says nothing. Narrowed by its kind afterwards. */
    private static Set<JwsAlgorithm> purposes(Map<String, ClaimValue> members) {
        var forSignatures = !members.containsKey("use")
                || text(members, "use").filter("sig"::equals).isPresent();
        var forChecks = switch (members.get("key_ops")) {
            case null -> true;
            case ClaimValue.Listing(var operations) -> operations.contains(new ClaimValue.Text("verify"));
            default -> false;
        };
        if (!forSignatures || !forChecks) {
            return EnumSet.noneOf(JwsAlgorithm.class);
        }
        if (!members.containsKey("alg")) {
            return EnumSet.allOf(JwsAlgorithm.class);
        }
        var named = EnumSet.noneOf(JwsAlgorithm.class);
        text(members, "alg").flatMap(JwsAlgorithm::named).ifPresent(named::add);
        return named;
    }

    private static List<String> material(Map<String, ClaimValue> members) {
        var material = new ArrayList<String>();
        for (var name : List.of("kty", "crv", "n", "e", "x", "y", "k")) {
            material.add(text(members, name).orElse(""));
        }
        return material;
    }

    private static Optional<BigInteger> coordinate(Map<String, ClaimValue> members, String name, EcCurve curve) {
        var bytes = bytes(members, name);
        return bytes != null && bytes.length == curve.bytes()
                ? Optional.of(new BigInteger(1, bytes))
                : Optional.empty();
    }

    private static Optional<BigInteger> number(Map<String, ClaimValue> members, String name) {
        var bytes = bytes(members, name);
        return bytes == null ? Optional.empty() : Optional.of(new BigInteger(1, bytes));
    }

    private static byte @Nullable [] bytes(Map<String, ClaimValue> members, String name) {
        return members.get(name) instanceof ClaimValue.Text(var text) ? StrictBase64Url.decode(text) : null;
    }

    private static Optional<String> text(Map<String, ClaimValue> members, String name) {
        return members.get(name) instanceof ClaimValue.Text(var text) ? Optional.of(text) : Optional.empty();
    }
}
