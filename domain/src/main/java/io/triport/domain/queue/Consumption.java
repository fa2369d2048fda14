package io.triport.domain.queue;

import java.time.Duration;

/** A consumer at work. */
public interface Consumption {
    /**
     * Takes no more messages, and waits for the batches that are being worked on; those that take longer are interrupted, and their
     * messages are delivered again.
     *
     * @return whether all came to their end
     */
    boolean stop(Duration patience);
}
