package io.triport.storage.postgresql;

import io.triport.testkit.AuditTrailContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlAuditTrailTest extends AuditTrailContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
