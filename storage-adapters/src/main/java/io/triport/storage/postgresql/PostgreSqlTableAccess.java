package io.triport.storage.postgresql;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.storage.jdbc.BoundConnection;
import io.triport.storage.jdbc.TableAccess;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Lets the tables run where the other stores of the engine do. */
record PostgreSqlTableAccess(Database database, Clock clock) implements TableAccess {
    @Override
    public <R> R read(Supplier<R> work) {
        return database.read(connection -> BoundConnection.run(connection, work));
    }

    @Override
    public void hold(NamespaceTitle namespace, List<KvKey> keys) {
        database.hold(namespace, keys);
    }

    @Override
    public <R> R write(Supplier<R> work) {
        return database.transact(connection -> BoundConnection.run(connection, work));
    }
}
