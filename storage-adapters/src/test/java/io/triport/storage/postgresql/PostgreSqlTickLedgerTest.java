package io.triport.storage.postgresql;

import io.triport.domain.schedule.TickLedger;
import io.triport.testkit.TickLedgerContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** Two nodes on one database, which take turns. */
final class PostgreSqlTickLedgerTest extends TickLedgerContract {
    private final TwoNodes nodes = new TwoNodes();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Override
    protected TickLedger ledger() {
        return calls.getAndIncrement() % 2 == 0
                ? nodes.one().ticks()
                : nodes.other().ticks();
    }
}
