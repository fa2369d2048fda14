package io.triport.domain.inference;

/**
 * One model, as an adapter gives it. Budgets, bounds of inputs and the wait for the first byte are not its concern. A thread that
 * waits here is interrupted when its time is over, and then fails soon with any exception. Safe for many threads.
 */
public interface Model extends AutoCloseable {
    /** @throws io.triport.domain.failure.StorageFailure with a message in which there is nothing of the input */
    InferenceResult run(InferenceInput input);

    /**
     * Begins an answer that comes piece by piece.
     *
     * @throws io.triport.domain.failure.StorageFailure as {@link #run}; UNSUPPORTED where the model cannot
     */
    ModelStream stream(InferenceInput.TextGeneration input);

    /** A name from a closed set, for whoever measures. */
    String adapter();

    @Override
    default void close() {
        // Most have nothing to give back.
    }
}
