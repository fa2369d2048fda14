package io.triport.storage.memory;

import io.triport.testkit.AuditTrailContract;
import io.triport.testkit.StorageFixture;

final class MemoryAuditTrailTest extends AuditTrailContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
