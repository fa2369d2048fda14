package io.triport.storage.postgresql;

import io.triport.testkit.ResourceCatalogueContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlResourceCatalogueTest extends ResourceCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
