package io.triport.domain.inference;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;

/** A model of the catalogue. @param recording whether calls are told to {@link Records} */
public record ModelEntry(ModelInfo info, Model model, Recording recording) {
    /** Whether what goes in and comes out is kept. */
    public enum Recording {
        NEVER,
        /** The operator wants to see it, and has told the callers. */
        INPUT_AND_OUTPUT
    }

    /** @throws StorageFailure where the model does not take it */
    void requireFitting(InferenceInput input) {
        if (input.task() != info.task()) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "input: " + input.task() + " (expected: " + info.task() + ")");
        }
        var limits = info.limits();
        if (input.batch() > limits.batch()) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "batch: " + input.batch() + " (expected: at most " + limits.batch() + ")");
        }
        if (input.bytes() > limits.input().bytes()) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE,
                    "input: " + input.bytes() + " bytes (expected: at most "
                            + limits.input().bytes() + ")");
        }
    }

    /** What a call is charged beforehand. */
    long estimate(InferenceInput input) {
        return TokenEstimate.of(input) + (input instanceof InferenceInput.TextGeneration text ? most(text) : 0);
    }

    /** With the model's own bound for the tokens that it writes. */
    InferenceInput bounded(InferenceInput input) {
        return input instanceof InferenceInput.TextGeneration text ? bounded(text) : input;
    }

    InferenceInput.TextGeneration bounded(InferenceInput.TextGeneration text) {
        return text.withMaxTokens(Math.max(1, most(text)));
    }

    private int most(InferenceInput.TextGeneration text) {
        return Math.min(text.maxTokens(), info.limits().outputTokens());
    }
}
