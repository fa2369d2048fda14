package io.triport.storage.postgresql;

import io.triport.domain.identity.NonceLedger;
import io.triport.testkit.NonceLedgerContract;
import io.triport.testkit.SettableClock;

final class PostgreSqlNonceLedgerTest extends NonceLedgerContract {
    @Override
    protected Fixture create() {
        var fixture = new PostgreSqlFixture();
        return new Fixture() {
            @Override
            public NonceLedger ledger() {
                return fixture.storage().nonces();
            }

            @Override
            public NonceLedger reopen() {
                fixture.reopen();
                return ledger();
            }

            /* Nothing of a mark is in the node, so that its death is the loss of its connections. */
            @Override
            public NonceLedger kill() {
                return reopen();
            }

            @Override
            public AfterCrash crashMachine() {
                fixture.reopen();
                return AfterCrash.KEPT;
            }

            @Override
            public SettableClock clock() {
                return fixture.clock();
            }

            @Override
            public void close() {
                fixture.close();
            }
        };
    }
}
