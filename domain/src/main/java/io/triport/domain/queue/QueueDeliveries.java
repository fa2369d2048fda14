package io.triport.domain.queue;

/** Brings the messages of queues to those who work on them. Safe for many threads. */
public interface QueueDeliveries {
    /**
     * Begins to bring batches of a queue to a handler.
     *
     * @throws io.triport.domain.failure.StorageFailure.Rejected NOT_FOUND for a queue that is not defined
     */
    Consumption begin(ConsumerSettings settings, BatchHandler handler);
}
