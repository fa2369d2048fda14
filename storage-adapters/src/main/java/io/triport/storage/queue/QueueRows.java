package io.triport.storage.queue;

import java.util.function.Function;

/**
 * Where the messages of all queues lie. Every method throws {@link io.triport.domain.failure.StorageFailure} for what the
 * technology did not do. Safe for many threads; a table is used by one, until its work returns.
 */
public interface QueueRows {
    /** Work that changes nothing. */
    <R> R read(Function<QueueTable, R> work);

    /** Work that takes effect whole, or not at all when it throws. Returns when it is durable. */
    <R> R write(Function<QueueTable, R> work);
}
