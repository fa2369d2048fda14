package io.triport.storage.memory;

import io.triport.storage.table.AdapterJobLedgerContract;
import io.triport.testkit.StorageFixture;

final class MemoryAdapterJobLedgerTest extends AdapterJobLedgerContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
