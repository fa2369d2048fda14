package io.triport.storage;

import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageLevel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many messages an app's queues keep. To count them is a read that may wait, and a store that is away must not keep the other
 * metrics from who asks for them: so they are counted now and then. Safe for many threads.
 */
final class Backlogs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int BETWEEN_SECONDS = 10;

    private final StorageEngine engine;
    private final List<QueueDefinition> queues;
    private final Map<QueueName, Long> counted = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("queue-backlogs").daemon().factory());

    Backlogs(StorageEngine engine, QueueDefinitions queues) {
        this.engine = engine;
        this.queues = List.copyOf(queues.byName().values());
    }

    /** Counts from now on. */
    Backlogs running() {
        if (!queues.isEmpty()) {
            executor.scheduleWithFixedDelay(this::count, 0, BETWEEN_SECONDS, TimeUnit.SECONDS);
        }
        return this;
    }

    /** What a count cannot find out is not known until the next. */
    void count() {
        for (var queue : queues) {
            try {
                counted.put(queue.name(), engine.queue(queue).metrics().count());
            } catch (RuntimeException e) {
                // Whatever it is, the next time must not be left out.
                counted.remove(queue.name());
                LOG.debug("messages not counted queue={}", queue.name(), e);
            }
        }
    }

    List<StorageLevel> levels() {
        return queues.stream()
                .map(queue -> new StorageLevel(
                        StorageLevel.Kind.BACKLOG,
                        engine.info().name(),
                        queue.name().text(),
                        () -> known(queue.name())))
                .toList();
    }

    private double known(QueueName queue) {
        var number = counted.get(queue);
        return number == null ? Double.NaN : number;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
