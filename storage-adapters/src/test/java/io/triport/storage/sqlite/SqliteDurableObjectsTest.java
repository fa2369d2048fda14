package io.triport.storage.sqlite;

import io.triport.storage.durable.TurnsFixture;
import io.triport.testkit.DurableFixture;
import io.triport.testkit.DurableObjectsContract;
import io.triport.testkit.SettableTicker;

final class SqliteDurableObjectsTest extends DurableObjectsContract {
    @Override
    protected String adapter() {
        return "sqlite";
    }

    @Override
    protected DurableFixture create() {
        var directory = TemporaryDirectory.make();
        return new TurnsFixture(() -> Sqlite.states(directory.path()), new SettableTicker(), directory::close);
    }
}
