package io.triport.storage.nats;

import io.triport.domain.queue.DedupId;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import io.triport.storage.queue.StoredMessage;

/** What becomes of one row. Moments are milliseconds since the epoch. */
sealed interface Change {
    /** A message is there, whole. */
    record Put(StoredMessage message) implements Change {}

    /** A message is there whose body is written elsewhere. @param message without its body */
    record Refer(StoredMessage message, BodyPlace body) implements Change {}

    /** A message is ready at another time, was delivered more often, or has another lease. */
    record Turn(long number, long readyAt, int attempt, int lease) implements Change {}

    record Remove(long number) implements Change {}

    /** All messages of a queue go. */
    record Clear(QueueName queue) implements Change {}

    /** A dedup id stands for a message until its time ends. */
    record Remember(QueueName queue, DedupId dedup, MessageId id, long until) implements Change {}

    record Forget(QueueName queue, DedupId dedup) implements Change {}

    /** What a queue's counters say from now on. */
    record Count(QueueName queue, long bytes, long dropped) implements Change {}
}
