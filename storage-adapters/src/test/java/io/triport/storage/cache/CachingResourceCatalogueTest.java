package io.triport.storage.cache;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.ResourceCatalogueContract;

final class CachingResourceCatalogueTest extends ResourceCatalogueContract {
    @Override
    protected StorageFixture create() {
        return EdgeFixture.create();
    }
}
