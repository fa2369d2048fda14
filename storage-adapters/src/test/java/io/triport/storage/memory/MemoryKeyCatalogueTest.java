package io.triport.storage.memory;

import io.triport.testkit.KeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class MemoryKeyCatalogueTest extends KeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
