package io.triport.testkit;

final class FakeKeyHistoryTest extends KeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
