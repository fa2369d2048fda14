package io.triport.domain.durable;

import io.triport.domain.queue.Message;
import io.triport.domain.request.QueueName;
import java.util.List;

/**
 * What an object sends to queues. Messages are part of the commit: they leave after it, at least once, also when the process dies in
 * between, and none of them leaves when it fails. Those of one object come to a queue in the order in which they were sent. For the
 * event's thread alone, and only until the event ends. In a {@link DurableObjects#read} every send is refused as UNSUPPORTED.
 */
public interface ObjectOutbox {
    /** Messages of one commit. */
    int MOST = 1_000;

    /** As {@link #sendAll}, for one. */
    default void send(QueueName queue, Message message) {
        sendAll(queue, List.of(message));
    }

    /**
     * Sends the messages with the next commit. A delay counts from when the queue has taken the message.
     *
     * @param messages 1 to 100, of at most 256,000 bytes together; who produced them is said to be the object
     * @throws io.triport.domain.failure.StorageFailure.Rejected NOT_FOUND for a queue that is not defined, BAD_REQUEST for no message
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE for too much at once, or for more than 1,000 in one
     *     commit; THROTTLED while messages wait because the queue's backlog is full
     */
    void sendAll(QueueName queue, List<Message> messages);
}
