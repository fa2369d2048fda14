package io.triport.domain.storage;

import io.triport.testkit.JobLedgerContract;
import io.triport.testkit.StorageFixture;

final class ConfinedJobLedgerContractTest extends JobLedgerContract {
    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
