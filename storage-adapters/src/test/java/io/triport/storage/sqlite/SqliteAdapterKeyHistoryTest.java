package io.triport.storage.sqlite;

import io.triport.storage.table.AdapterKeyHistoryContract;
import io.triport.testkit.StorageFixture;

final class SqliteAdapterKeyHistoryTest extends AdapterKeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
