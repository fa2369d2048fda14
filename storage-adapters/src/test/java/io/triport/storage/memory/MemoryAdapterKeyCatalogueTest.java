package io.triport.storage.memory;

import io.triport.storage.table.AdapterKeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class MemoryAdapterKeyCatalogueTest extends AdapterKeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
