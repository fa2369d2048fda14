package io.triport.storage.sqlite;

import io.triport.testkit.KeyValueStoreContract;
import io.triport.testkit.StorageFixture;

final class SqliteKeyValueStoreTest extends KeyValueStoreContract {
    @Override
    protected String adapter() {
        return "sqlite";
    }

    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
