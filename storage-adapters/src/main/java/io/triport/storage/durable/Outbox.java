package io.triport.storage.durable;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.request.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings messages that objects have committed to their queues. Safe for many threads. */
final class Outbox implements AutoCloseable {
    /*
     * At least once, and nearly always once
     *
     * A message is forgotten after its queue has taken it, so that a process which dies in between delivers it again; by its dedup
     * id the queue finds that it has it. Nodes that share the state deliver the same messages, and are told apart in the same way.
     *
     * Order
     *
     * Of each queue the first that was committed goes first, and what comes after one that the queue refuses waits for it. Queues do
     * not wait for each other.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final long BETWEEN_LOOKS_MILLIS = 500;

    private final StateStore store;
    private final Function<QueueName, Optional<Queue>> queues;
    private final ReentrantLock delivering = new ReentrantLock();
    /** Queues that have refused what waits for them. */
    private final Set<QueueName> full = ConcurrentHashMap.newKeySet();

    private final Set<QueueName> unknown = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("object-outbox").daemon().factory());
    private volatile boolean running;

    Outbox(StateStore store, Function<QueueName, Optional<Queue>> queues) {
        this.store = store;
        this.queues = queues;
    }

    void start() {
        running = true;
        looks.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Something was committed. */
    void filled() {
        if (running && wanted.compareAndSet(false, true)) {
            looks.execute(this::look);
        }
    }

    /** @throws StorageFailure NOT_FOUND for a queue that is not defined, THROTTLED for one that does not take what waits for it */
    void requireTaking(QueueName queue) {
        if (queues.apply(queue).isEmpty()) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "queue: unknown");
        }
        if (full.contains(queue)) {
            throw new StorageFailure.LimitExceeded(FailureCode.THROTTLED, "outbox: the queue is full");
        }
    }

    /** Delivers what waits, as far as the queues take it. */
    void deliver() {
        delivering.lock();
        try {
            store.addressees().forEach(this::deliver);
        } finally {
            delivering.unlock();
        }
    }

    @Override
    public void close() {
        running = false;
        looks.shutdown();
        try {
            if (!looks.awaitTermination(1, TimeUnit.SECONDS)) {
                looks.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        wanted.set(false);
        try {
            deliver();
        } catch (StorageFailure e) {
            LOG.warn("messages of objects not sent, which is tried again code={}", e.code());
        } catch (RuntimeException e) {
            LOG.error("messages of objects not sent, which is tried again", e);
        }
    }

    private void deliver(QueueName name) {
        var queue = queues.apply(name);
        if (queue.isEmpty()) {
            if (unknown.add(name)) {
                LOG.error("messages of objects wait for a queue that is not defined queue={}", name);
            }
            return;
        }
        try {
            for (var waiting = first(name); !waiting.isEmpty(); waiting = first(name)) {
                send(queue.get(), waiting);
            }
            full.remove(name);
        } catch (StorageFailure.LimitExceeded e) {
            if (full.add(name)) {
                LOG.warn("messages of objects wait for a queue that is full queue={}", name);
            }
        }
    }

    /** All at once, or the first alone where there is room for no more. */
    private void send(Queue queue, List<OutboxEntry> waiting) {
        try {
            queue.sendAll(waiting.stream().map(OutboxEntry::message).toList());
            store.delivered(waiting.stream().map(OutboxEntry::number).toList());
        } catch (StorageFailure.LimitExceeded e) {
            if (waiting.size() == 1) {
                throw e;
            }
            send(queue, waiting.subList(0, 1));
        }
    }

    /** As many as one send may have. */
    private List<OutboxEntry> first(QueueName queue) {
        var fitting = new ArrayList<OutboxEntry>();
        var bytes = 0;
        for (var entry : store.outbox(queue, QueueLimits.BATCH_MESSAGES)) {
            bytes += size(entry.message());
            if (bytes > QueueLimits.BATCH_BYTES) {
                break;
            }
            fitting.add(entry);
        }
        return fitting;
    }

    private static int size(Message message) {
        return message.body().size();
    }
}
