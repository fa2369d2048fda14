package io.triport.storage.sqlite;

import io.triport.testkit.AuditTrailContract;
import io.triport.testkit.StorageFixture;

final class SqliteAuditTrailTest extends AuditTrailContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
