package io.triport.storage.memory;

import io.triport.domain.schedule.TickLedger;
import io.triport.testkit.TickLedgerContract;

final class MemoryTickLedgerTest extends TickLedgerContract {
    private final MemoryTickLedger ledger = new MemoryTickLedger();

    @Override
    protected TickLedger ledger() {
        return ledger;
    }
}
