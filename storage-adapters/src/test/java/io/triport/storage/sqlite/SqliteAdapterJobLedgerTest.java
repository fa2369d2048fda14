package io.triport.storage.sqlite;

import io.triport.storage.table.AdapterJobLedgerContract;
import io.triport.testkit.StorageFixture;

final class SqliteAdapterJobLedgerTest extends AdapterJobLedgerContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
