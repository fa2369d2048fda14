package io.triport.storage.memory;

import io.triport.testkit.KeyHistoryContract;
import io.triport.testkit.StorageFixture;

final class MemoryKeyHistoryTest extends KeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
