package io.triport.identity.launch;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.queue.Consumption;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.queue.Verdicts;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.storage.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Works on the messages of queues, each batch through the gate like any request. Safe for many threads. */
final class Consumers {
    /** A batch shows no credential and has no body: the gate knows what its task may do from its enum. */
    private static final RoutePolicy POLICY =
            new RoutePolicy(List.of(MechanismName.SYSTEM), Combine.AGREE, Set.of(), ByteSize.ZERO, Duration.ZERO);

    private final AccessGate gate;
    private final Storage storage;
    private final QueueDeliveries deliveries;
    private final List<Consumption> running = new CopyOnWriteArrayList<>();

    Consumers(AccessGate gate, Storage storage, QueueDeliveries deliveries) {
        this.gate = gate;
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
        switch (gate.admit(batch, POLICY)) {
            case Decision.Admitted admitted -> {
                try (var grant = admitted.grant()) {
                    consumer.work().on(batch, verdicts, grant, storage);
                }
            }
            case Decision.Refused refused ->
                throw new IllegalStateException(
                        "consumer: " + refused.refusal().reason() + " (expected: a task that is known to the gate)");
        }
    }
}
