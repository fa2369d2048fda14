package io.triport.domain.storage;

import io.triport.testkit.KeyHistoryContract;
import io.triport.testkit.StorageFixture;

final class ConfinedKeyHistoryContractTest extends KeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
