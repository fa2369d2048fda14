package io.triport.domain.inference;

import java.nio.charset.StandardCharsets;

/**
 * How many tokens something is likely to have: one for each three bytes of UTF-8, which is rather too many for most models and
 * languages. For charging before a model has counted, and where it does not count.
 */
public final class TokenEstimate {
    private static final int BYTES_OF_A_TOKEN = 3;

    private TokenEstimate() {}

    /** Of what goes in, 1 at least. */
    public static long of(InferenceInput input) {
        return Math.max(1, ofBytes(input.bytes()));
    }

    /** Of what comes out. */
    public static long of(String text) {
        // Of a model, which may break off within a surrogate pair.
        return ofBytes(text.getBytes(StandardCharsets.UTF_8).length);
    }

    static long ofBytes(long bytes) {
        return (bytes + BYTES_OF_A_TOKEN - 1) / BYTES_OF_A_TOKEN;
    }
}
