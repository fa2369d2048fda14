package io.triport.storage.memory;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;

final class MemoryTogetherTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
