package io.triport.storage.postgresql;

import io.triport.storage.queue.QueueRows;
import io.triport.storage.queue.QueueTable;
import java.util.function.Function;

/** The queues of a database. */
record PostgreSqlQueueRows(Database database) implements QueueRows {
    @Override
    public <R> R read(Function<QueueTable, R> work) {
        return database.read(connection -> work.apply(new PostgreSqlQueueTable(connection)));
    }

    @Override
    public <R> R write(Function<QueueTable, R> work) {
        return database.transact(connection -> work.apply(new PostgreSqlQueueTable(connection)));
    }
}
