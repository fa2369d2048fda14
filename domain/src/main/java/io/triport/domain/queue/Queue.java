package io.triport.domain.queue;

import io.triport.domain.request.MessageId;
import java.util.List;
import java.util.Set;

/**
 * Messages of one queue. Each is delivered at least once, unless its retention ends before: an answered send is kept as the engine
 * declares, and a message stays until a delivery of it is acknowledged, or until it was delivered as often as the queue allows;
 * then it goes to the queue of dead letters, or is dropped and counted. Messages with an {@link OrderingKey} are delivered one
 * after the other, in the order of their sends; the order of others is the best effort of the engine. Safe for many threads.
 *
 * <p>Every method throws {@link io.triport.domain.failure.StorageFailure.Unavailable} when the store does not answer; code
 * OUTCOME_UNKNOWN says that a change may have happened.
 */
public interface Queue {
    /**
     * Adds a message. A second one with the same {@link DedupId} within ten minutes is not added.
     *
     * @return its id, or that of the one that was sent first
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded THROTTLED when the backlog is full
     */
    MessageId send(Message message);

    /**
     * Adds all messages or none.
     *
     * @param messages 1 to 100, of at most 256,000 bytes together
     * @return as {@link #send}, in the order of the messages
     * @throws io.triport.domain.failure.StorageFailure.Rejected BAD_REQUEST for none
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE, or THROTTLED when the backlog is full
     */
    List<MessageId> sendAll(List<Message> messages);

    /** Leases messages that are ready, without waiting for any. Nobody else gets them before their leases have ended. */
    List<Lease> pull(PullRequest request);

    /**
     * Ends or prolongs leases, all in one go. Of several about one lease the first counts. One that came late counts too, if
     * nobody has taken the message since; others are told as warnings, and change nothing.
     *
     * @param settlements at most 100
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE for more
     */
    SettleOutcome settle(List<Settlement> settlements);

    /** Messages that would be delivered next, and those that are out or wait, as they are. @param count 1..100 */
    List<Peeked> peek(int count);

    /**
     * Removes messages that were looked at, those that are leased too, and no dead letters come of them.
     *
     * @param refs 1 to 100
     * @return of which there is no message any more, and those that are none of this queue's, were altered or are older than 24 hours
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE for more
     * @throws io.triport.domain.failure.StorageFailure.Rejected BAD_REQUEST for none
     */
    Set<MessageRef> discard(Set<MessageRef> refs);

    /** Removes all messages, those that are leased too. */
    void purge();

    QueueMetrics metrics();
}
