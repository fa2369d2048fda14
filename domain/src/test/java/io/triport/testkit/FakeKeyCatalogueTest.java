package io.triport.testkit;

final class FakeKeyCatalogueTest extends KeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
