package io.triport.domain.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Function;

/**
 * Bytes that must not be told. They leave only into a callback, comparison takes constant time, and no text form shows one of
 * them.
 */
public final class Secret {
    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Secret copyOf(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** The UTF-8 form of a text, as it stands. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return bytes.length;
    }

    /** Lends a copy that is wiped when the callback returns. */
    public <R> R use(Function<byte[], R> callback) {
        var lent = bytes.clone();
        try {
            return callback.apply(lent);
        } finally {
            java.util.Arrays.fill(lent, (byte) 0);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** Alike for all secrets: a hash would tell something of the bytes. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[" + bytes.length + " bytes]";
    }
}
