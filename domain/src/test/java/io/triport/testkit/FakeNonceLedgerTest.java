package io.triport.testkit;

import io.triport.domain.identity.NonceLedger;
import java.time.Duration;

final class FakeNonceLedgerTest extends NonceLedgerContract {
    @Override
    protected Fixture create() {
        return new InMemory();
    }

    private static final class InMemory implements Fixture {
        private static final Duration WINDOW = Duration.ofSeconds(60);

        private final SettableClock clock = SettableClock.anywhere();
        private FakeNonceLedger ledger = FakeNonceLedger.empty();

        @Override
        public NonceLedger ledger() {
            return ledger;
        }

        @Override
        public NonceLedger reopen() {
            return ledger;
        }

        @Override
        public NonceLedger kill() {
            return ledger;
        }

        @Override
        public AfterCrash crashMachine() {
            ledger = FakeNonceLedger.afterCrash(clock.in(WINDOW));
            return AfterCrash.GAP;
        }

        @Override
        public SettableClock clock() {
            return clock;
        }

        @Override
        public void close() {
            // Memory only: nothing to give back.
        }
    }
}
