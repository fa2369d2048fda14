package io.triport.storage.memory;

import io.triport.storage.table.AdapterKeyHistoryContract;
import io.triport.testkit.StorageFixture;

final class MemoryAdapterKeyHistoryTest extends AdapterKeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
