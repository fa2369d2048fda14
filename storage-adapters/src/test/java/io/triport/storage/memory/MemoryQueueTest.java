package io.triport.storage.memory;

import io.triport.testkit.QueueContract;
import io.triport.testkit.StorageFixture;

final class MemoryQueueTest extends QueueContract {
    @Override
    protected String adapter() {
        return "memory";
    }

    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
