package io.triport.storage.queue;

import io.triport.domain.queue.DedupId;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import java.util.List;

/** The messages of all queues within one transaction. Moments are milliseconds since the epoch. */
public interface QueueTable {
    /** Gives each message a number that is greater than all before. */
    void add(List<StoredMessage> messages);

    /**
     * Messages that may be delivered, in the order in which they became so, without those that another transaction holds: not
     * expired, and of each ordering key only the first that is there. They are held until the transaction ends.
     */
    List<StoredMessage> ready(QueueName queue, long now, int most);

    /** How many may be delivered, counted no further than to the most. */
    int countReady(QueueName queue, long now, int most);

    /** Those of the numbers that are there. They are held until the transaction ends. */
    List<StoredMessage> find(QueueName queue, List<Long> numbers);

    /** Stores when they are ready, how often they were delivered, and their leases. */
    void change(List<StoredMessage> messages);

    void remove(List<Long> numbers);

    /** Messages that have not expired, in the order in which they are or will be ready. */
    List<StoredMessage> peek(QueueName queue, long now, int most);

    /** Removes all messages. @return their bytes */
    long clear(QueueName queue);

    /** Messages of any queue whose retention has ended. */
    List<Remains> expired(long now, int most);

    /** The id that a dedup id stands for until its time ends: the given one, if it stands for none now. */
    MessageId remember(QueueName queue, DedupId dedup, MessageId id, Period period);

    /** Forgets dedup ids whose time has ended. */
    void forget(long now, int most);

    /** Adds to what {@link #bytes} and {@link Totals#dropped} tell. */
    void count(QueueName queue, long bytes, long dropped);

    /** Bytes of all messages, those that have expired and are still there included. */
    long bytes(QueueName queue);

    Totals totals(QueueName queue, long now);

    /** What is left of a message that expired. */
    record Remains(long number, QueueName queue, long bytes) {}

    /** From one moment to another. */
    record Period(long now, long until) {}

    /** Messages that have not expired. @param oldest the present moment where there is none */
    record Totals(long count, long bytes, long oldest, long dropped) {}
}
