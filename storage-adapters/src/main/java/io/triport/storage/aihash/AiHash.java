package io.triport.storage.aihash;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelStream;
import io.triport.domain.inference.TokenEstimate;
import io.triport.domain.inference.Usage;
import io.triport.domain.inference.Vectors;
import io.triport.domain.request.Bytes;
import java.util.Arrays;
import java.util.Locale;

/**
 * Vectors from the words of a text, by feature hashing: each word adds one to the dimension that its hash names, or takes one away.
 * Texts with many words in common lie near to each other; meaning it knows nothing of. Of length 1, and for ever the same.
 */
public final class AiHash implements Model {
    private static final int MOST = 4096;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final int dimensions;

    /** @param dimensions 1..4096 */
    public AiHash(int dimensions) {
        if (dimensions < 1 || dimensions > MOST) {
            throw new IllegalArgumentException("dimensions: " + dimensions + " (expected: 1.." + MOST + ")");
        }
        this.dimensions = dimensions;
    }

    @Override
    public InferenceResult run(InferenceInput input) {
        if (!(input instanceof InferenceInput.TextEmbeddings texts)) {
            throw unsupported(input);
        }
        var vectors = Vectors.of(texts.texts().stream().map(this::vector).toList());
        return new InferenceResult(new InferenceOutput.Embedded(vectors), new Usage(TokenEstimate.of(input), 0));
    }

    @Override
    public ModelStream stream(InferenceInput.TextGeneration input) {
        throw unsupported(input);
    }

    @Override
    public String adapter() {
        return "ai-hash";
    }

    private float[] vector(String text) {
        var vector = new float[dimensions];
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .mapToLong(AiHash::hash)
                .forEach(hash ->
                        vector[(int) Long.remainderUnsigned(hash >>> 1, dimensions)] += (hash & 1) == 0 ? 1 : -1);
        var length = 0.0;
        for (var number : vector) {
            length += number * number;
        }
        if (length == 0) {
            // Of no words, or of such that took each other away.
            vector[0] = 1;
            return vector;
        }
        for (var at = 0; at < dimensions; at++) {
            vector[at] /= (float) Math.sqrt(length);
        }
        return vector;
    }

    /** FNV-1a of 64 bits, with its upper half folded onto the lower one. */
    private static long hash(String word) {
        var hash = FNV_BASIS;
        for (var octet : Bytes.utf8(word).toByteArray()) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return hash ^ (hash >>> 32);
    }

    private static StorageFailure unsupported(InferenceInput input) {
        return new StorageFailure.Rejected(
                FailureCode.UNSUPPORTED, "ai-hash: " + input.task() + " (expected: TEXT_EMBEDDINGS)");
    }
}
