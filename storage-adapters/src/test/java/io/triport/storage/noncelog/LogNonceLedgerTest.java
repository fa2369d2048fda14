package io.triport.storage.noncelog;

import io.triport.domain.identity.NonceLedger;
import io.triport.testkit.NonceLedgerContract;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LogNonceLedgerTest extends NonceLedgerContract {
    @TempDir
    private Path root;

    @Override
    protected Fixture create() {
        var bench = new LogBench(root);
        return new Fixture() {
            @Override
            public NonceLedger ledger() {
                return bench.ledger();
            }

            @Override
            public NonceLedger reopen() {
                bench.restart();
                return ledger();
            }

            @Override
            public NonceLedger kill() {
                bench.die();
                return ledger();
            }

            @Override
            public AfterCrash crashMachine() {
                bench.boot("b00b");
                bench.die();
                return AfterCrash.GAP;
            }

            @Override
            public SettableClock clock() {
                return bench.clock;
            }

            @Override
            public void close() {
                bench.close();
            }
        };
    }
}
