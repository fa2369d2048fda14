package io.triport.domain.storage;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.ResourceCatalogueContract;

final class ConfinedResourceCatalogueContractTest extends ResourceCatalogueContract {
    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
