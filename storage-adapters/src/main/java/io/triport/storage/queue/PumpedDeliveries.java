package io.triport.storage.queue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.BatchHandler;
import io.triport.domain.queue.ConsumerSettings;
import io.triport.domain.queue.Consumption;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueDeliveries;
import java.util.function.Function;

/** Deliveries by a pump for each consumer. */
record PumpedDeliveries(QueueDefinitions definitions, Function<QueueDefinition, LeasedQueue> queues, Pump.Means means)
        implements QueueDeliveries {
    @Override
    public Consumption begin(ConsumerSettings settings, BatchHandler handler) {
        var pump = pump(settings, handler);
        pump.start();
        return pump;
    }

    /** One that nobody works yet. */
    Pump pump(ConsumerSettings settings, BatchHandler handler) {
        var definition = definitions
                .find(settings.queue())
                .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "queue: unknown"));
        return new Pump(queues.apply(definition), settings, handler, means);
    }
}
