package io.triport.domain.storage;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;

final class ConfinedTogetherContractTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
