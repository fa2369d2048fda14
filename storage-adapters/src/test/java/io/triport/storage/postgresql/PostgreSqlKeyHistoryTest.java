package io.triport.storage.postgresql;

import io.triport.testkit.KeyHistoryContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlKeyHistoryTest extends KeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
