package io.triport.storage.postgresql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Runs statements, on a connection of their own or within a unit. Every method throws {@link
 * io.triport.domain.failure.StorageFailure} for what the server or the way to it did not do.
 */
interface Database {
    /** What is done with a connection. */
    interface Work<R> {
        R on(Connection connection) throws SQLException;
    }

    /** Work that changes nothing. */
    <R> R read(Work<R> work);

    /** Work of one statement, which happens whole or not at all. */
    <R> R write(Work<R> work);

    /** Work of several statements that commit together. */
    <R> R transact(Work<R> work);
}
