package io.triport.storage.postgresql;

import io.triport.storage.table.AdapterAuditTrailContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlAdapterAuditTrailTest extends AdapterAuditTrailContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
