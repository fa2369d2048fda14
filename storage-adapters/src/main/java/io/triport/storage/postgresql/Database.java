package io.triport.storage.postgresql;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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

    /** Within a unit: nobody else writes these keys before it ends, nor makes those that are not there. Elsewhere it does nothing. */
    void hold(NamespaceTitle namespace, List<KvKey> keys);

    /** Work of several statements that commit together. */
    <R> R transact(Work<R> work);
}
