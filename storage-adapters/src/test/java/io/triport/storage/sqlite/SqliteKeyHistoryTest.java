package io.triport.storage.sqlite;

import io.triport.testkit.KeyHistoryContract;
import io.triport.testkit.StorageFixture;

final class SqliteKeyHistoryTest extends KeyHistoryContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
