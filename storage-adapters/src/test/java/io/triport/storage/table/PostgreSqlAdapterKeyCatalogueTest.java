package io.triport.storage.table;

import io.triport.storage.postgresql.PostgreSqlData;
import io.triport.testkit.StorageFixture;

final class PostgreSqlAdapterKeyCatalogueTest extends AdapterKeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return PostgreSqlData.fresh();
    }
}
