package io.triport.storage.memory;

import io.triport.testkit.ResourceCatalogueContract;
import io.triport.testkit.StorageFixture;

final class MemoryResourceCatalogueTest extends ResourceCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
