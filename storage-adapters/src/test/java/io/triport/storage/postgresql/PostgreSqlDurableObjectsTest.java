package io.triport.storage.postgresql;

import io.triport.storage.durable.TurnsFixture;
import io.triport.testkit.DurableCapability;
import io.triport.testkit.DurableFixture;
import io.triport.testkit.DurableObjectsContract;
import io.triport.testkit.SettableTicker;
import java.util.Set;

final class PostgreSqlDurableObjectsTest extends DurableObjectsContract {
    @Override
    protected String adapter() {
        return "postgresql";
    }

    @Override
    protected DurableFixture create() {
        var database = new PostgreSqlFixture();
        var ticker = new SettableTicker();
        return new TurnsFixture(
                () -> database.storage().states(ticker, PostgreSqlStateStore.FENCE),
                Set.of(DurableCapability.SURVIVES_REOPEN),
                ticker,
                database::close);
    }
}
