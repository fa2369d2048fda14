package io.triport.storage.sqlite;

import io.triport.storage.jdbc.TableAccess;
import java.time.Clock;
import java.util.function.Supplier;

/** Lets the tables run where the other stores of the engine do. */
record SqliteTableAccess(SqliteAccess access) implements TableAccess {
    @Override
    public <R> R read(Supplier<R> work) {
        return access.readTotals(session -> session.lend(work));
    }

    @Override
    public <R> R write(Supplier<R> work) {
        return access.write(transaction -> transaction.session().lend(work));
    }

    @Override
    public Clock clock() {
        return access.clock();
    }
}
