package io.triport.domain.storage;

import io.triport.testkit.QueueContract;
import io.triport.testkit.StorageFixture;

final class ConfinedQueueContractTest extends QueueContract {
    @Override
    protected String adapter() {
        return "confined-timed";
    }

    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
