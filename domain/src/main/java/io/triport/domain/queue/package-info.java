/**
 * The port of queues: messages that are worked on later, at least once, with retries, delays and dead letters. Start reading at
 * {@link io.triport.domain.queue.Queue}, what callers see, and {@link io.triport.domain.queue.QueueDeliveries}, what brings the
 * messages to their consumer; what each promises is the storage contract's section 5. Queues know nothing of identity: {@link
 * io.triport.domain.storage.Storage} puts them behind grants.
 */
@NullMarked
package io.triport.domain.queue;

import org.jspecify.annotations.NullMarked;
