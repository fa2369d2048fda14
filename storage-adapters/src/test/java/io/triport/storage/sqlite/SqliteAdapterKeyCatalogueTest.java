package io.triport.storage.sqlite;

import io.triport.storage.table.AdapterKeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class SqliteAdapterKeyCatalogueTest extends AdapterKeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
