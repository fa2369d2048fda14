package io.triport.storage.table;

import io.triport.storage.postgresql.PostgreSqlData;
import io.triport.testkit.KeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlKeyCatalogueTest extends KeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return PostgreSqlData.fresh();
    }
}
