package io.triport.identity.launch;

import io.triport.domain.identity.SystemTask;
import io.triport.domain.queue.ConsumerSettings;
import io.triport.domain.request.QueueName;
import java.time.Duration;

/** The consumer of a queue. @param task whose permissions the work has */
public record Consuming(SystemTask task, ConsumerSettings settings, BatchWork work) {
    public Consuming {
        if (!settings.task().equals(task.taskName())) {
            throw new IllegalArgumentException("task: " + settings.task() + " (expected: " + task.taskName() + ")");
        }
    }

    /** Ten messages at once, or what came within five seconds. */
    public static Consuming of(SystemTask task, QueueName queue, BatchWork work) {
        return new Consuming(task, ConsumerSettings.of(queue, task.taskName()), work);
    }

    /** @param size messages of a batch at most: 1..100 @param longestWait for more messages: 0..60 s */
    public Consuming batched(int size, Duration longestWait) {
        return new Consuming(task, settings.batched(size, longestWait), work);
    }

    /** @param batches that are worked on at once: 1..250 */
    public Consuming atOnce(int batches) {
        return new Consuming(task, settings.atOnce(batches), work);
    }
}
