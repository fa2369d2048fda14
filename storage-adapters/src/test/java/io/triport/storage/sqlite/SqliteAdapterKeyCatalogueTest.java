package io.triport.storage.sqlite;

import io.triport.storage.jdbc.AdapterKeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class SqliteAdapterKeyCatalogueTest extends AdapterKeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
