package io.triport.storage.memory;

import io.triport.storage.table.AdapterAuditTrailContract;
import io.triport.testkit.StorageFixture;

final class MemoryAdapterAuditTrailTest extends AdapterAuditTrailContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
