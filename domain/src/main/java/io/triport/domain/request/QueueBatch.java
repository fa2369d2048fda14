package io.triport.domain.request;

import java.time.Instant;
import java.util.List;

/**
 * Messages of a queue that fell to their consumer. It names the consumer's task; what that may do is known to the gate alone, and
 * who sent the messages has no part in it.
 *
 * @param deliveries at least one, in the order in which they are to be worked on
 */
public record QueueBatch(RequestId id, Instant receivedAt, TaskName task, QueueName queue, List<Delivery> deliveries)
        implements Inbound {
    public QueueBatch {
        deliveries = List.copyOf(deliveries);
        if (deliveries.isEmpty()) {
            throw new IllegalArgumentException("deliveries: none (expected: one or more)");
        }
    }
}
