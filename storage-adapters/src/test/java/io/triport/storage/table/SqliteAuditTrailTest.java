package io.triport.storage.table;

import io.triport.storage.sqlite.SqliteData;
import io.triport.testkit.AuditTrailContract;
import io.triport.testkit.StorageFixture;

final class SqliteAuditTrailTest extends AuditTrailContract {
    @Override
    protected StorageFixture create() {
        return SqliteData.fresh();
    }
}
