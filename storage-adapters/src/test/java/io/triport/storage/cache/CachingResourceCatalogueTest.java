package io.triport.storage.cache;

import io.triport.testkit.ResourceCatalogueContract;
import io.triport.testkit.StorageFixture;

final class CachingResourceCatalogueTest extends ResourceCatalogueContract {
    @Override
    protected StorageFixture create() {
        return EdgeFixture.create();
    }
}
