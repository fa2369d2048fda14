package io.triport.storage.table;

import io.triport.storage.sqlite.SqliteData;
import io.triport.testkit.KeyHistoryContract;
import io.triport.testkit.StorageFixture;

final class SqliteKeyHistoryTest extends KeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return SqliteData.fresh();
    }
}
