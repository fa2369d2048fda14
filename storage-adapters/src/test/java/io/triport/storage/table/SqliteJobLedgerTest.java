package io.triport.storage.table;

import io.triport.storage.sqlite.SqliteData;
import io.triport.testkit.JobLedgerContract;
import io.triport.testkit.StorageFixture;

final class SqliteJobLedgerTest extends JobLedgerContract {
    @Override
    protected StorageFixture create() {
        return SqliteData.fresh();
    }
}
