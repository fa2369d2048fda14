package io.triport.identity.jose;

import java.util.Optional;

/** The signature algorithms that can be allowed (RFC 7518 section 3.1, RFC 8037, RFC 9864). There is none without a signature. */
public enum JwsAlgorithm {
    RS256(Family.RSA, 256),
    RS384(Family.RSA, 384),
    RS512(Family.RSA, 512),
    PS256(Family.RSA_PSS, 256),
    PS384(Family.RSA_PSS, 384),
    PS512(Family.RSA_PSS, 512),
    ES256(Family.EC, 256),
    ES384(Family.EC, 384),
    ES512(Family.EC, 512),
    EDDSA(Family.EDWARDS, 512, "EdDSA"),
    ED25519(Family.EDWARDS, 512, "Ed25519"),
    HS256(Family.HMAC, 256),
    HS384(Family.HMAC, 384),
    HS512(Family.HMAC, 512);

    /** What sort of key an algorithm works with. */
    public enum Family {
        RSA,
        RSA_PSS,
        EC,
        EDWARDS,
        HMAC
    }

    private final Family family;
    private final int hashBits;
    private final String text;

    JwsAlgorithm(Family family, int hashBits) {
        this.family = family;
        this.hashBits = hashBits;
        this.text = name();
    }

    JwsAlgorithm(Family family, int hashBits, String text) {
        this.family = family;
        this.hashBits = hashBits;
        this.text = text;
    }

    /** The one that a token names; case counts. */
    public static Optional<JwsAlgorithm> named(String text) {
        for (var algorithm : values()) {
            if (algorithm.text.equals(text)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    public Family family() {
        return family;
    }

    /** Whether who can check a signature can make one too. */
    public boolean symmetric() {
        return family == Family.HMAC;
    }

    /** Whether a check takes less than 100 us of processor time on usual machines. */
    boolean quick() {
        return switch (family) {
            case HMAC, RSA, RSA_PSS -> true;
            case EC, EDWARDS -> false;
        };
    }

    /** Of the hash within: 256, 384 or 512. */
    public int hashBits() {
        return hashBits;
    }

    /** As tokens and configuration name it. */
    public String text() {
        return text;
    }
}
