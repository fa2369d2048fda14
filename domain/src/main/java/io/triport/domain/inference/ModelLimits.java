package io.triport.domain.inference;

import io.triport.domain.request.ByteSize;

/**
 * What a model takes and gives at most.
 *
 * @param input of all texts of a call together, in UTF-8, or of a body that is passed through; 1 byte or more
 * @param batch texts or documents of a call, 1..100
 * @param outputTokens that it writes in one answer, 0 or more; what a caller is charged for beforehand who names no number
 */
public record ModelLimits(ByteSize input, int batch, int outputTokens) {
    /** Texts of one call (storage contract, section 9.1). */
    public static final int MOST_BATCH = 100;

    public ModelLimits {
        if (input.bytes() < 1) {
            throw new IllegalArgumentException("input: " + input.bytes() + " bytes (expected: 1 or more)");
        }
        if (batch < 1 || batch > MOST_BATCH) {
            throw new IllegalArgumentException("batch: " + batch + " (expected: 1..100)");
        }
        if (outputTokens < 0) {
            throw new IllegalArgumentException("output-tokens: " + outputTokens + " (expected: 0 or more)");
        }
    }
}
