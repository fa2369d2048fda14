package io.triport.testkit;

final class FakeResourceCatalogueTest extends ResourceCatalogueContract {
    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
