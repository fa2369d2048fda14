package io.triport.domain.queue;

import io.triport.domain.request.MessageId;

/**
 * What is to become of the messages of a batch. The first word on a message counts, and one about a message more than one about
 * all. They take effect when the handler has ended. Safe for many threads.
 */
public interface Verdicts {
    /** @throws IllegalArgumentException for a message that is not of the batch */
    void ack(MessageId message);

    /** @throws IllegalArgumentException for a message that is not of the batch */
    void retry(MessageId message, Delay delay);

    void ackAll();

    void retryAll(Delay delay);

    /**
     * The message's lease, for a handler that settles it by itself: together with what it writes, in one unit. The batch then
     * leaves it alone.
     *
     * @throws IllegalArgumentException for a message that is not of the batch
     */
    LeaseId lease(MessageId message);
}
