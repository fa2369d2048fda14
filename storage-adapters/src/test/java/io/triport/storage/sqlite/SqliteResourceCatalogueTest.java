package io.triport.storage.sqlite;

import io.triport.testkit.ResourceCatalogueContract;
import io.triport.testkit.StorageFixture;

final class SqliteResourceCatalogueTest extends ResourceCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
