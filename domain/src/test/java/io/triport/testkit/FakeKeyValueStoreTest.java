package io.triport.testkit;

final class FakeKeyValueStoreTest extends KeyValueStoreContract {
    @Override
    protected String adapter() {
        return "fake";
    }

    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
