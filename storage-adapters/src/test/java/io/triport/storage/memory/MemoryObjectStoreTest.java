package io.triport.storage.memory;

import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.Versioning;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.testkit.ObjectAbility;
import io.triport.testkit.ObjectFixture;
import io.triport.testkit.ObjectStoreContract;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.util.Set;

final class MemoryObjectStoreTest extends ObjectStoreContract {
    @Override
    protected String adapter() {
        return "memory";
    }

    @Override
    protected ObjectFixture create() {
        return new Fixture(SettableClock.anywhere());
    }

    private static final class Fixture implements ObjectFixture {
        private final SettableClock clock;
        private final EmbeddedObjects objects;

        private Fixture(SettableClock clock) {
            this.clock = clock;
            this.objects = Memory.objects(clock, new SeededRandomness(1));
        }

        @Override
        public ObjectStore store(Versioning versioning) {
            return objects.store(versioning);
        }

        @Override
        public ObjectStoreInfo info() {
            return Memory.OBJECTS;
        }

        @Override
        public Set<ObjectAbility> abilities() {
            return Set.of(ObjectAbility.VERSIONS, ObjectAbility.CLOCK);
        }

        @Override
        public SettableClock clock() {
            return clock;
        }

        @Override
        public void sweep() {
            objects.sweep();
        }

        @Override
        public void close() {
            objects.close();
        }
    }
}
