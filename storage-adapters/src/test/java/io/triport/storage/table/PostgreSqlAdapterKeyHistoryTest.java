package io.triport.storage.table;

import io.triport.storage.postgresql.PostgreSqlData;
import io.triport.testkit.StorageFixture;

final class PostgreSqlAdapterKeyHistoryTest extends AdapterKeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return PostgreSqlData.fresh();
    }
}
