package io.triport.domain.request;

import java.time.Instant;

/**
 * A message as its consumer gets it.
 *
 * @param origin where it was sent first; its own id and moment but for a dead letter
 * @param sentAt when it came to this queue
 * @param attempt how often it was delivered, this time included: 0 for one that was only looked at and never delivered
 * @param producer who sent it, for people; empty where nobody says so. Grants nothing
 */
public record Delivery(
        MessageId id, Origin origin, BodyType type, Bytes body, Instant sentAt, int attempt, String producer) {
    /** Where a message was sent first. */
    public record Origin(QueueName queue, MessageId id, Instant sentAt) {}

    public Delivery {
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt: " + attempt + " (expected: 0 or more)");
        }
    }

    public Delivery attempted(int times) {
        return new Delivery(id, origin, type, body, sentAt, times, producer);
    }
}
