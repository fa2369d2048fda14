package io.triport.storage.postgresql;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/** Work within a unit, on its connection: nothing has happened before the unit commits. */
final class UnitDatabase implements Database {
    private static final String HOLD = "select kv_hold(?, ?)";

    private final Connection connection;

    UnitDatabase(Connection connection) {
        this.connection = connection;
    }

    @Override
    public <R> R read(Work<R> work) {
        return write(work);
    }

    @Override
    public <R> R write(Work<R> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw Failures.BEFORE_COMMIT.of(e);
        }
    }

    @Override
    public void hold(NamespaceTitle namespace, List<KvKey> keys) {
        // In their order, in which bulk writes beside units take them too: nobody then waits in a circle.
        var inOrder = keys.stream().distinct().sorted().toList();
        write(unit -> new Call(unit, HOLD)
                .with(namespace.bytes())
                .with(KvRows.keys(inOrder))
                .first(row -> true));
    }

    @Override
    public <R> R transact(Work<R> work) {
        var before = write(Connection::setSavepoint);
        R done;
        try {
            done = write(work);
        } catch (RuntimeException | Error e) {
            undo(before, e);
            throw e;
        }
        return write(unit -> {
            unit.releaseSavepoint(before);
            return done;
        });
    }

    private void undo(Savepoint before, Throwable reason) {
        try {
            connection.rollback(before);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
