package io.triport.storage.table;

import io.triport.storage.postgresql.PostgreSqlData;
import io.triport.testkit.StorageFixture;

final class PostgreSqlAdapterAuditTrailTest extends AdapterAuditTrailContract {
    @Override
    protected StorageFixture create() {
        return PostgreSqlData.fresh();
    }
}
