package io.triport.identity.launch;

import io.triport.domain.queue.Consumption;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.queue.Verdicts;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.storage.Storage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Works on the messages of queues, each batch through the gate like any request. Safe for many threads. */
final class Consumers {
    private final Events events;
    private final Storage storage;
    private final QueueDeliveries deliveries;
    private final List<Consumption> running = new CopyOnWriteArrayList<>();

    Consumers(Events events, Storage storage, QueueDeliveries deliveries) {
        this.events = events;
        this.storage = storage;
        this.deliveries = deliveries;
    }

    /** @throws io.triport.domain.failure.StorageFailure.Rejected NOT_FOUND for a queue that the app does not define */
    void start(List<Consuming> consumers) {
        consumers.forEach(consumer -> running.add(
                deliveries.begin(consumer.settings(), (batch, verdicts) -> work(consumer, batch, verdicts))));
    }

    /** Waits for the batches that are worked on, and takes no more. */
    void stop(Duration patience) {
        try (var stopping = Executors.newVirtualThreadPerTaskExecutor()) {
            running.forEach(consumption -> stopping.execute(() -> consumption.stop(patience)));
        }
    }

    void work(Consuming consumer, QueueBatch batch, Verdicts verdicts) {
        var refused = events.pass(batch, grant -> consumer.work().on(batch, verdicts, grant, storage));
        refused.ifPresent(refusal -> {
            throw new IllegalStateException(
                    "consumer: " + refusal.reason() + " (expected: a task that is known to the gate)");
        });
    }
}
