package io.triport.testkit;

final class FakeIdempotencyLedgerTest extends IdempotencyLedgerContract {
    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
