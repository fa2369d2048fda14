package io.triport.storage.durable;

import io.triport.domain.queue.Message;
import io.triport.domain.request.QueueName;

/**
 * A message that an object has sent and no queue has taken yet.
 *
 * @param number given when it is committed; 0 before
 * @param message with a dedup id, so that a queue takes it once
 */
public record OutboxEntry(long number, QueueName queue, Message message) {}
