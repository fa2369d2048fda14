package io.triport.domain.queue;

import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.QueueName;
import io.triport.domain.request.TaskName;
import java.time.Duration;

/**
 * How a queue is consumed.
 *
 * @param task whose permissions the work has
 * @param batch messages of one batch at most: 1..100
 * @param longestWait how long a batch that is not full waits for more: 0..60 s
 * @param atOnce batches that are worked on at once at most: 1..250
 */
public record ConsumerSettings(QueueName queue, TaskName task, int batch, Duration longestWait, int atOnce) {
    private static final int MOST_AT_ONCE = 250;

    /** @throws InvalidInput outside the bounds */
    public ConsumerSettings {
        if (batch < 1 || batch > QueueLimits.BATCH_MESSAGES) {
            throw new InvalidInput("batch size", "1.." + QueueLimits.BATCH_MESSAGES);
        }
        if (longestWait.isNegative() || longestWait.compareTo(QueueLimits.LONGEST_WAIT) > 0) {
            throw new InvalidInput("batch wait", "0.." + QueueLimits.LONGEST_WAIT.toSeconds() + " s");
        }
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new InvalidInput("batches at once", "1.." + MOST_AT_ONCE);
        }
    }

    /** Ten messages, or what came within five seconds; one batch at a time. */
    public static ConsumerSettings of(QueueName queue, TaskName task) {
        return new ConsumerSettings(queue, task, QueueLimits.CONSUMED, QueueLimits.WAIT, 1);
    }

    public ConsumerSettings batched(int size, Duration most) {
        return new ConsumerSettings(queue, task, size, most, atOnce);
    }

    public ConsumerSettings atOnce(int batches) {
        return new ConsumerSettings(queue, task, batch, longestWait, batches);
    }
}
