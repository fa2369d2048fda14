package io.triport.domain.identity;

import io.triport.domain.request.Bytes;

/** Keys that begin with these bytes. Plain bytes of UTF-8, without case folding or normal forms; empty means every key. */
public record KeyPrefix(Bytes bytes) {
    public static final KeyPrefix EVERY = new KeyPrefix(Bytes.EMPTY);

    private static final int MOST = 1_024;

    public KeyPrefix {
        if (bytes.size() > MOST) {
            throw new io.triport.domain.request.InvalidInput("prefix", "at most 1024 bytes");
        }
    }

    public static KeyPrefix of(String text) {
        return new KeyPrefix(Bytes.utf8(text));
    }

    /** Whether every key that begins with {@code item} begins with this prefix too. */
    public boolean covers(Bytes item) {
        return item.startsWith(bytes);
    }

    /**
     * Whether the item lies under this prefix by whole segments: it is the prefix, or goes on behind a slash, so that {@code
     * data} says nothing of {@code data-private}.
     */
    public boolean coversSegments(Bytes item) {
        return item.startsWith(bytes)
                && (bytes.isEmpty()
                        || item.size() == bytes.size()
                        || bytes.at(bytes.size() - 1) == '/'
                        || item.at(bytes.size()) == '/');
    }
}
