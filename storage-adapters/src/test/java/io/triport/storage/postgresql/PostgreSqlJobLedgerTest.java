package io.triport.storage.postgresql;

import io.triport.testkit.JobLedgerContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlJobLedgerTest extends JobLedgerContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
