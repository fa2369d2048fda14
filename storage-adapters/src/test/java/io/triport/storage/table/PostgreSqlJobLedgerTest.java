package io.triport.storage.table;

import io.triport.storage.postgresql.PostgreSqlData;
import io.triport.testkit.JobLedgerContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlJobLedgerTest extends JobLedgerContract {
    @Override
    protected StorageFixture create() {
        return PostgreSqlData.fresh();
    }
}
