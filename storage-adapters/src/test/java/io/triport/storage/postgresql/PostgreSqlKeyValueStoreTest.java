package io.triport.storage.postgresql;

import io.triport.testkit.KeyValueStoreContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlKeyValueStoreTest extends KeyValueStoreContract {
    @Override
    protected String adapter() {
        return "postgresql";
    }

    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
