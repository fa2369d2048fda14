package io.triport.testkit;

final class FakeAuditTrailTest extends AuditTrailContract {
    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
