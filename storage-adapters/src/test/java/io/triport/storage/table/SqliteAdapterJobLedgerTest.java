package io.triport.storage.table;

import io.triport.storage.sqlite.SqliteData;
import io.triport.testkit.StorageFixture;

final class SqliteAdapterJobLedgerTest extends AdapterJobLedgerContract {
    @Override
    protected StorageFixture create() {
        return SqliteData.fresh();
    }
}
