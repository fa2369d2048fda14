package io.triport.storage.table;

import io.triport.storage.sqlite.SqliteData;
import io.triport.testkit.KeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class SqliteKeyCatalogueTest extends KeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return SqliteData.fresh();
    }
}
