package io.triport.domain.object;

import io.triport.domain.request.InvalidInput;

/** One version of an object. Opaque: 1 to 1024 visible ASCII characters. */
public record VersionId(String text) {
    /** The version of a bucket that keeps none. */
    public static final VersionId NULL = new VersionId("null");

    private static final int MOST = 1_024;

    /** @throws InvalidInput for a text that no version has */
    public VersionId {
        if (text.isEmpty() || text.length() > MOST || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new InvalidInput("version", "1..1024 visible ASCII characters");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
