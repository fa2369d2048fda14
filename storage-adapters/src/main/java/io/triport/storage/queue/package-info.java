/**
 * Queues on whatever keeps their rows: leases, retries, dead letters and the batches of consumers. Start reading at {@link
 * io.triport.storage.queue.Queues}; what a technology brings is {@link io.triport.storage.queue.QueueRows}.
 */
@NullMarked
package io.triport.storage.queue;

import org.jspecify.annotations.NullMarked;
