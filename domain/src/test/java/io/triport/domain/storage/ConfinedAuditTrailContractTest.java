package io.triport.domain.storage;

import io.triport.testkit.AuditTrailContract;
import io.triport.testkit.StorageFixture;

final class ConfinedAuditTrailContractTest extends AuditTrailContract {
    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
