package io.triport.domain.storage;

import io.triport.testkit.ResourceCatalogueContract;
import io.triport.testkit.StorageFixture;

final class ConfinedResourceCatalogueContractTest extends ResourceCatalogueContract {
    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
