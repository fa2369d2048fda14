package io.triport.domain.queue;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.QueueName;
import java.time.Duration;

/**
 * What a queue is like.
 *
 * @param delay of messages that say none, 0 s to 12 h
 * @param retention how long a message is kept at most, 1 min to 14 d
 * @param backlog bytes of messages above which no more are taken
 */
public record QueueDefinition(QueueName name, Duration delay, Duration retention, ByteSize backlog, Retries retries) {
    /** @throws InvalidInput for a delay or retention that no queue can have */
    public QueueDefinition {
        Delay.of(delay);
        if (retention.compareTo(QueueLimits.SHORTEST_RETENTION) < 0
                || retention.compareTo(QueueLimits.LONGEST_RETENTION) > 0) {
            throw new InvalidInput("retention", "1 min..14 d");
        }
        if (retries.dead() instanceof DeadLetters.Kept kept && kept.queue().equals(name)) {
            throw new InvalidInput("dead letters", "another queue");
        }
    }

    /** One of the usual kind: no delay, four days, 25 GB, three retries, no queue of dead letters. */
    public static QueueDefinition of(QueueName name) {
        return new QueueDefinition(
                name, Duration.ZERO, QueueLimits.RETENTION, new ByteSize(QueueLimits.BACKLOG_BYTES), Retries.STANDARD);
    }

    public QueueDefinition delayed(Duration other) {
        return new QueueDefinition(name, other, retention, backlog, retries);
    }

    public QueueDefinition keptFor(Duration other) {
        return new QueueDefinition(name, delay, other, backlog, retries);
    }

    public QueueDefinition upTo(ByteSize other) {
        return new QueueDefinition(name, delay, retention, other, retries);
    }

    /** @param most deliveries after the first @param every the delay before each */
    public QueueDefinition retried(int most, Duration every) {
        return new QueueDefinition(name, delay, retention, backlog, new Retries(most, every, retries.dead()));
    }

    /** What was delivered too often goes to the other queue. */
    public QueueDefinition deadLettersTo(QueueDefinition other) {
        var kept = new DeadLetters.Kept(other.name(), other.retention());
        return new QueueDefinition(name, delay, retention, backlog, new Retries(retries.most(), retries.delay(), kept));
    }
}
