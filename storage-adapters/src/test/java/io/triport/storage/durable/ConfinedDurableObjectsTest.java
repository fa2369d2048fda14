package io.triport.storage.durable;

import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.Storage;
import io.triport.storage.memory.Memory;
import io.triport.testkit.DurableFixture;
import io.triport.testkit.DurableObjectsContract;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.Optional;

/** What a grant of everything sees of durable objects. */
final class ConfinedDurableObjectsTest extends DurableObjectsContract {
    @Override
    protected String adapter() {
        return "confined-timed";
    }

    @Override
    protected DurableFixture create() {
        return new Confined(new TurnsFixture(Memory::states, new SettableTicker(), () -> {}));
    }

    private record Confined(TurnsFixture whole) implements DurableFixture {
        @Override
        public DurableClasses open(DurableCode code) {
            var clock = SettableClock.anywhere();
            var storage = new Storage(
                    new FakeStorageEngine(clock),
                    ObjectStores.none(),
                    whole.open(code),
                    clock,
                    new SettableTicker(),
                    new RecordingStorageLog());
            return type -> Optional.of(storage.durableObjects(new TestGrants(clock).ofEverything(), type));
        }

        @Override
        public void beforeCommit(Runnable hook) {
            whole.beforeCommit(hook);
        }

        @Override
        public void afterCommit(Runnable hook) {
            whole.afterCommit(hook);
        }

        @Override
        public SettableTicker ticker() {
            return whole.ticker();
        }

        @Override
        public SettableClock clock() {
            return whole.clock();
        }

        @Override
        public void ring() {
            whole.ring();
        }

        @Override
        public void deliverMessages() {
            whole.deliverMessages();
        }

        @Override
        public void besides(long bytes) {
            whole.besides(bytes);
        }

        @Override
        public void beforeNote(Runnable hook) {
            whole.beforeNote(hook);
        }

        @Override
        public Queue queue(QueueDefinition definition) {
            return whole.queue(definition);
        }

        @Override
        public void renew() {
            whole.renew();
        }

        @Override
        public void look() {
            whole.look();
        }

        @Override
        public EngineInfo info() {
            return whole.info();
        }

        @Override
        public void openBeside(DurableCode code) {
            whole.openBeside(code);
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
