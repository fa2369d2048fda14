package io.triport.identity.signer;

/** How we sign, by the names of RFC 7518 section 3.1 and RFC 8037 section 3.1. Follows from the kind of key. */
public enum SigningAlgorithm {
    RS256("RS256"),
    ES256("ES256"),
    EDDSA("EdDSA");

    private final String text;

    SigningAlgorithm(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
