package io.triport.domain.queue;

import io.triport.domain.request.QueueName;
import java.time.Duration;

/** What becomes of messages that were delivered too often. */
public sealed interface DeadLetters {
    DeadLetters DROPPED = new Dropped();

    /** They are gone, and counted. */
    record Dropped() implements DeadLetters {}

    /** They go to another queue, which keeps them so long. */
    record Kept(QueueName queue, Duration retention) implements DeadLetters {}
}
