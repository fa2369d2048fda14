package io.triport.identity.keyring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Base64 for URLs without padding (RFC 4648 section 5), in which each byte string has one spelling. */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** Empty for whatever {@link #encode} does not write: padding, other characters, bits behind the end that are not zero. */
    public static Optional<byte[]> decode(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            return MessageDigest.isEqual(ENCODER.encode(bytes), text.getBytes(StandardCharsets.US_ASCII))
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
