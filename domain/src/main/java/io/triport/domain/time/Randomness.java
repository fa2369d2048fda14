package io.triport.domain.time;

import java.security.SecureRandom;

/** Unpredictable bytes for ids, nonces and keys. Safe for many threads. */
@FunctionalInterface
public interface Randomness {
    /** A new array of unpredictable bytes, the caller's own. @param length 1 or more */
    byte[] bytes(int length);

    /** The platform's cryptographic generator. */
    static Randomness system() {
        var source = new SecureRandom();
        return length -> {
            var bytes = new byte[length];
            source.nextBytes(bytes);
            return bytes;
        };
    }
}
