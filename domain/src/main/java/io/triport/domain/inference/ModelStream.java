package io.triport.domain.inference;

/** An answer that a model is making. For one thread, but for {@link #close}. */
public interface ModelStream extends AutoCloseable {
    /**
     * Waits for what comes next. The last one is {@link StreamEvent.Ended}, behind which nobody asks.
     *
     * @throws io.triport.domain.failure.StorageFailure where the model broke off
     */
    StreamEvent next();

    /** Tells the model to stop and frees who waits in {@link #next}. Waits for nothing; from any thread, any number of times. */
    @Override
    void close();
}
