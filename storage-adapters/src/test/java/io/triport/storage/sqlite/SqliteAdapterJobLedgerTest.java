package io.triport.storage.sqlite;

import io.triport.storage.jdbc.AdapterJobLedgerContract;
import io.triport.testkit.StorageFixture;

final class SqliteAdapterJobLedgerTest extends AdapterJobLedgerContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
