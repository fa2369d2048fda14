package io.triport.domain.object;

import io.triport.domain.request.InvalidInput;

/** An entity tag without its quotes: the MD5 of the bytes in hex, or that of the parts' MD5s with their number, {@code <hex>-<n>}. */
public record ETag(String text) {
    private static final int MOST = 256;

    /** @throws InvalidInput for a text with quotes, blanks or controls, or none */
    public ETag {
        if (text.isEmpty() || text.length() > MOST || !text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"')) {
            throw new InvalidInput("etag", "1..256 visible ASCII characters without quotes");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
