package io.triport.storage.queue;

import io.triport.domain.queue.OrderingKey;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.QueueName;

/**
 * A message as it lies in a queue. Moments are milliseconds since the epoch.
 *
 * @param number given when it is added; 0 before
 * @param delivery with how often it was delivered
 * @param lease the number of the delivery that nobody has settled or replaced, 0 for none
 */
public record StoredMessage(
        long number,
        QueueName queue,
        Delivery delivery,
        OrderingKey ordering,
        long readyAt,
        long expiresAt,
        int lease) {
    public long bytes() {
        return delivery.body().size();
    }

    public StoredMessage numbered(long given) {
        return new StoredMessage(given, queue, delivery, ordering, readyAt, expiresAt, lease);
    }

    StoredMessage leasedUntil(long moment) {
        var times = delivery.attempt() + 1;
        return new StoredMessage(number, queue, delivery.attempted(times), ordering, moment, expiresAt, times);
    }

    StoredMessage stillLeasedUntil(long moment) {
        return new StoredMessage(number, queue, delivery, ordering, moment, expiresAt, lease);
    }

    StoredMessage readyAgainAt(long moment) {
        return new StoredMessage(number, queue, delivery, ordering, moment, expiresAt, 0);
    }
}
