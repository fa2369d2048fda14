package io.triport.storage.cache;

import io.triport.testkit.IdempotencyLedgerContract;
import io.triport.testkit.StorageFixture;

final class CachingIdempotencyLedgerTest extends IdempotencyLedgerContract {
    @Override
    protected StorageFixture create() {
        return EdgeFixture.create();
    }
}
