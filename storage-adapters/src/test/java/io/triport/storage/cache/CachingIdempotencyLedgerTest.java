package io.triport.storage.cache;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.IdempotencyLedgerContract;

final class CachingIdempotencyLedgerTest extends IdempotencyLedgerContract {
    @Override
    protected StorageFixture create() {
        return EdgeFixture.create();
    }
}
