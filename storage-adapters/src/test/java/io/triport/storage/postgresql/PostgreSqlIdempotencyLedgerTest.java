package io.triport.storage.postgresql;

import io.triport.testkit.IdempotencyLedgerContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlIdempotencyLedgerTest extends IdempotencyLedgerContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
