package io.triport.storage.sqlite;

import io.triport.storage.queue.QueueRows;
import io.triport.storage.queue.QueueTable;
import java.util.function.Function;

/** The queues of a SQLite file. Writes share the writer, and its fsync, with all others. */
record SqliteQueueRows(SqliteAccess access) implements QueueRows {
    @Override
    public <R> R read(Function<QueueTable, R> work) {
        return access.read(session -> work.apply(new SqliteQueueTable(session)));
    }

    @Override
    public <R> R write(Function<QueueTable, R> work) {
        return access.write(transaction -> work.apply(new SqliteQueueTable(transaction.session())));
    }
}
