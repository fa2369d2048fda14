package io.triport.domain.storage;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;

/**
 * A key as traces tell it: the first 16 hexadecimal digits of its SHA-256. Who knows a key finds its calls by it; who can guess keys can
 * find out which one it was.
 *
 * @param text empty for none
 */
public record KeyHash(String text) {
    /** Of a call that is about no key, or about several, or that nobody wants to know of. */
    public static final KeyHash NONE = new KeyHash("");

    private static final int SHOWN_BYTES = 8;

    public static KeyHash of(Bytes key) {
        return new KeyHash(Sha256.of(key).slice(0, SHOWN_BYTES).toHex());
    }
}
