package io.triport.storage.postgresql;

import io.triport.storage.table.AdapterJobLedgerContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlAdapterJobLedgerTest extends AdapterJobLedgerContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
