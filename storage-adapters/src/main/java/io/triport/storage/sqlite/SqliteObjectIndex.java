package io.triport.storage.sqlite;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.time.Randomness;
import io.triport.storage.object.ObjectChanges;
import io.triport.storage.object.ObjectIndex;
import io.triport.storage.object.ObjectRows;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** An index of objects in a file of its own. A change answers when it is durable; changes of many callers share an fsync. */
final class SqliteObjectIndex implements ObjectIndex {
    private final DirectoryLock lock;
    private final SqliteConnections connections;
    private final CursorSeal cursors;

    private final int mostWithRow;

    SqliteObjectIndex(
            DirectoryLock lock, SqliteConnections connections, int mostWithRow, Clock clock, Randomness randomness) {
        this.mostWithRow = mostWithRow;
        this.lock = lock;
        this.connections = connections;
        this.cursors = connections.cursors(clock, randomness);
    }

    @Override
    public <R> R read(Function<ObjectRows, R> work) {
        return connections.read(session -> work.apply(new SqliteObjectRows(session)));
    }

    @Override
    public <R> R write(Function<ObjectChanges, R> work) {
        return connections.write(transaction -> work.apply(new SqliteObjectChanges(transaction)));
    }

    @Override
    public int mostWithRow() {
        return mostWithRow;
    }

    @Override
    public boolean answers() {
        return connections.answers();
    }

    @Override
    public List<StorageLevel> levels() {
        return connections.levels("filesystem", "index");
    }

    @Override
    public CursorSeal cursors() {
        return cursors;
    }

    @Override
    public void close() {
        connections.close();
        lock.close();
    }
}
