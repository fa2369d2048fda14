package io.triport.storage.table;

import io.triport.storage.postgresql.PostgreSqlData;
import io.triport.testkit.KeyHistoryContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlKeyHistoryTest extends KeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return PostgreSqlData.fresh();
    }
}
