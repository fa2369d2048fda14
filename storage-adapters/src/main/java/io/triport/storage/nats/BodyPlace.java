package io.triport.storage.nats;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.storage.queue.StoredMessage;

/**
 * Where the body of a message is written.
 *
 * @param entry the number of the stream's message
 * @param number of the queue's message that was put with it there
 * @param size bytes of the body
 */
record BodyPlace(long entry, long number, int size) {
    /** Of what is not written yet. */
    static final long UNWRITTEN = Long.MAX_VALUE;

    StorageFailure.Corrupt missing() {
        return new StorageFailure.Corrupt("nats: entry " + entry + " has no message " + number);
    }

    /** The message with another body. */
    static StoredMessage with(StoredMessage message, Bytes body) {
        var delivery = message.delivery();
        return new StoredMessage(
                message.number(),
                message.queue(),
                new Delivery(
                        delivery.id(),
                        delivery.origin(),
                        delivery.type(),
                        body,
                        delivery.sentAt(),
                        delivery.attempt(),
                        delivery.producer()),
                message.ordering(),
                message.readyAt(),
                message.expiresAt(),
                message.lease());
    }
}
