package io.triport.storage.sqlite;

import io.triport.storage.table.AdapterAuditTrailContract;
import io.triport.testkit.StorageFixture;

final class SqliteAdapterAuditTrailTest extends AdapterAuditTrailContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
