package io.triport.storage.memory;

import io.triport.testkit.JobLedgerContract;
import io.triport.testkit.StorageFixture;

final class MemoryJobLedgerTest extends JobLedgerContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
