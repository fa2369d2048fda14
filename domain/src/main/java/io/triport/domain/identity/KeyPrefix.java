package io.triport.domain.identity;

import io.triport.domain.request.Bytes;

/** Keys that begin with these bytes. Plain bytes of UTF-8, without case folding or normal forms; empty means every key. */
public record KeyPrefix(Bytes bytes) {
    public static final KeyPrefix EVERY = new KeyPrefix(Bytes.EMPTY);

    private static final int MOST = 512;

    public KeyPrefix {
        if (bytes.size() > MOST) {
            throw new io.triport.domain.request.InvalidInput("prefix", "at most 512 bytes");
        }
    }

    public static KeyPrefix of(String text) {
        return new KeyPrefix(Bytes.utf8(text));
    }

    /** Whether every key that begins with {@code item} begins with this prefix too. */
    public boolean covers(Bytes item) {
        return item.startsWith(bytes);
    }
}
