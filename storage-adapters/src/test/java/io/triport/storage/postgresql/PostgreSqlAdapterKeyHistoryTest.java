package io.triport.storage.postgresql;

import io.triport.storage.table.AdapterKeyHistoryContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlAdapterKeyHistoryTest extends AdapterKeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
