package io.triport.storage.table;

import io.triport.storage.sqlite.SqliteData;
import io.triport.testkit.StorageFixture;

final class SqliteAdapterAuditTrailTest extends AdapterAuditTrailContract {
    @Override
    protected StorageFixture create() {
        return SqliteData.fresh();
    }
}
