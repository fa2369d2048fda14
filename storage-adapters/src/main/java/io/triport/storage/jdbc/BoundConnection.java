package io.triport.storage.jdbc;

import io.micronaut.data.exceptions.DataAccessException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/** The connection on which the repositories run now: that of the unit of writes which calls them, or one that only reads. */
public final class BoundConnection {
    private static final ScopedValue<Connection> BOUND = ScopedValue.newInstance();

    private BoundConnection() {}

    /** Runs the work with the repositories on the connection. @throws SQLException what the database said to them */
    public static <R> R run(Connection connection, Supplier<R> work) throws SQLException {
        try {
            return ScopedValue.where(BOUND, connection).call(work::get);
        } catch (DataAccessException e) {
            for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException said) {
                    throw said;
                }
            }
            throw e;
        }
    }

    /** @throws IllegalStateException outside of {@link #run} */
    static Connection get() {
        if (!BOUND.isBound()) {
            throw new IllegalStateException("connection: none (expected: a call of a repository within a unit)");
        }
        return BOUND.get();
    }
}
