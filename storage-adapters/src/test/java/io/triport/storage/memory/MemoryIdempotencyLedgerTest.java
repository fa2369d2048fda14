package io.triport.storage.memory;

import io.triport.testkit.IdempotencyLedgerContract;
import io.triport.testkit.StorageFixture;

final class MemoryIdempotencyLedgerTest extends IdempotencyLedgerContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
