package io.triport.storage.sqlite;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.storage.jdbc.TableAccess;
import java.time.Clock;
import java.util.List;
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
    public void hold(NamespaceTitle namespace, List<KvKey> keys) {
        // A unit is the only one that writes.
    }

    @Override
    public Clock clock() {
        return access.clock();
    }
}
