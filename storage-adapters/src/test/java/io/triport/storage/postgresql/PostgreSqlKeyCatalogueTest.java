package io.triport.storage.postgresql;

import io.triport.testkit.KeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlKeyCatalogueTest extends KeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
