package io.triport.storage.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** Work within a unit, on its connection: nothing has happened before the unit commits. */
final class UnitDatabase implements Database {
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
