package io.triport.storage.nats;

import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageEngine;
import io.triport.storage.apart.Apart;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.ForwardingEngine;
import java.time.Clock;
import java.util.function.Function;

/** The queues of a stream as the contract asks for them: with units, in which several of them change together. */
final class NatsEngine extends ForwardingEngine {
    private final StreamQueues queues;

    NatsEngine(StreamQueues queues, Clock clock) {
        super(Apart.queues(new FakeStorageEngine(clock), queues));
        this.queues = queues;
    }

    @Override
    public EngineInfo info() {
        return queues.info();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return queues.rows().write(table -> unit.apply(this));
    }
}
