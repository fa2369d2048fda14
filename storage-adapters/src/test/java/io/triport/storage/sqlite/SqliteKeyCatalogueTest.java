package io.triport.storage.sqlite;

import io.triport.testkit.KeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class SqliteKeyCatalogueTest extends KeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
