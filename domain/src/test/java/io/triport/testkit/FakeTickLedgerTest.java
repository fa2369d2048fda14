package io.triport.testkit;

import io.triport.domain.schedule.TickLedger;

final class FakeTickLedgerTest extends TickLedgerContract {
    private final FakeTickLedger ledger = new FakeTickLedger();

    @Override
    protected TickLedger ledger() {
        return ledger;
    }
}
