package io.triport.domain.storage;

import io.triport.testkit.KeyValueStoreContract;
import io.triport.testkit.StorageFixture;

final class ConfinedKeyValueStoreContractTest extends KeyValueStoreContract {
    @Override
    protected String adapter() {
        return "confined-timed";
    }

    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
