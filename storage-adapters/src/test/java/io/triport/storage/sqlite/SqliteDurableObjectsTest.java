package io.triport.storage.sqlite;

import io.triport.storage.durable.TurnsFixture;
import io.triport.testkit.DurableCapability;
import io.triport.testkit.DurableFixture;
import io.triport.testkit.DurableObjectsContract;
import io.triport.testkit.SettableTicker;
import java.util.Set;

final class SqliteDurableObjectsTest extends DurableObjectsContract {
    @Override
    protected String adapter() {
        return "sqlite";
    }

    @Override
    protected DurableFixture create() {
        var directory = TemporaryDirectory.make();
        return new TurnsFixture(
                () -> Sqlite.states(directory.path()),
                Set.of(DurableCapability.SURVIVES_REOPEN, DurableCapability.EXCLUSIVE),
                new SettableTicker(),
                directory::close);
    }
}
