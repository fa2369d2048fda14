package io.triport.storage.queue;

import io.triport.storage.memory.Memory;
import io.triport.testkit.FakeStorageFixture;
import io.triport.testkit.QueueContract;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.StorageFixture;

/** Over rows in memory; those of other technologies have their own test each. */
final class LeasedQueueTest extends QueueContract {
    @Override
    protected String adapter() {
        return "leased";
    }

    @Override
    protected StorageFixture create() {
        return new FakeStorageFixture(
                (fake, clock) -> Memory.open(clock, new SeededRandomness(1)).engine());
    }
}
