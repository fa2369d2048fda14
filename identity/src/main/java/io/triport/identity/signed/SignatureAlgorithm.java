package io.triport.identity.signed;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a request is signed, by the names of RFC 9421 section 6.2.2. */
public enum SignatureAlgorithm {
    HMAC_SHA256,
    ED25519,
    ECDSA_P256_SHA256;

    /** The registered name, such as {@code hmac-sha256}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<SignatureAlgorithm> find(String text) {
        return Stream.of(values())
                .filter(algorithm -> algorithm.text().equals(text))
                .findFirst();
    }
}
