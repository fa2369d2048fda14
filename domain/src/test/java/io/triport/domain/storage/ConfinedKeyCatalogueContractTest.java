package io.triport.domain.storage;

import io.triport.testkit.KeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class ConfinedKeyCatalogueContractTest extends KeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
