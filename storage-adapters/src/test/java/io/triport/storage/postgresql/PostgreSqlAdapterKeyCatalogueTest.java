package io.triport.storage.postgresql;

import io.triport.storage.table.AdapterKeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlAdapterKeyCatalogueTest extends AdapterKeyCatalogueContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
