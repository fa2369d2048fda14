package io.triport.storage.apart;

import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageEngine;
import io.triport.storage.queue.QueuePlace;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.FakeStorageFixture;
import io.triport.testkit.StorageFixture;

/** A fake engine whose queues lie on another one. */
final class ApartQueuesFixture {
    private ApartQueuesFixture() {}

    static StorageFixture create() {
        return new FakeStorageFixture(
                (engine, clock) -> Apart.queues(engine, new FakePlace(new FakeStorageEngine(clock))));
    }

    private record FakePlace(StorageEngine engine) implements QueuePlace {
        @Override
        public EngineInfo info() {
            return engine.info();
        }

        @Override
        public Queue queue(QueueDefinition definition) {
            return engine.queue(definition);
        }

        @Override
        public int reclaim(int most) {
            return engine.resources().reclaim(most);
        }
    }
}
