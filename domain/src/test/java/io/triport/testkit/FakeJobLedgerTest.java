package io.triport.testkit;

final class FakeJobLedgerTest extends JobLedgerContract {
    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
