package io.triport.domain.object;

import io.triport.domain.request.InvalidInput;

/** An upload in parts. Opaque: 1 to 1024 visible ASCII characters. */
public record UploadId(String text) {
    private static final int MOST = 1_024;

    /** @throws InvalidInput for a text that no upload has */
    public UploadId {
        if (text.isEmpty() || text.length() > MOST || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new InvalidInput("upload", "1..1024 visible ASCII characters");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
