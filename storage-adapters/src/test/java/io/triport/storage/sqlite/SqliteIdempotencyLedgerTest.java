package io.triport.storage.sqlite;

import io.triport.testkit.IdempotencyLedgerContract;
import io.triport.testkit.StorageFixture;

final class SqliteIdempotencyLedgerTest extends IdempotencyLedgerContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
