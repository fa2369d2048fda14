package io.triport.storage.sqlite;

import io.triport.testkit.JobLedgerContract;
import io.triport.testkit.StorageFixture;

final class SqliteJobLedgerTest extends JobLedgerContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
