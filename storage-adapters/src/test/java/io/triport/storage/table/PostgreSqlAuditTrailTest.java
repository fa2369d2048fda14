package io.triport.storage.table;

import io.triport.storage.postgresql.PostgreSqlData;
import io.triport.testkit.AuditTrailContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlAuditTrailTest extends AuditTrailContract {
    @Override
    protected StorageFixture create() {
        return PostgreSqlData.fresh();
    }
}
