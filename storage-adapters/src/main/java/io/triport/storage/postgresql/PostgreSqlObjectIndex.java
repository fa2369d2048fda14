package io.triport.storage.postgresql;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.object.ObjectChanges;
import io.triport.storage.object.ObjectIndex;
import io.triport.storage.object.ObjectRows;
import java.util.function.Function;

/** An index of objects that all nodes of the database share. A change is one transaction. */
final class PostgreSqlObjectIndex implements ObjectIndex {
    private final Database database;
    private final ObjectReaders readers;
    private final long place;
    private final CursorSeal cursors;

    /** @param place of its rows among those of other indexes */
    PostgreSqlObjectIndex(Database database, ObjectReaders readers, long place, CursorSeal cursors) {
        this.database = database;
        this.readers = readers;
        this.place = place;
        this.cursors = cursors;
    }

    @Override
    public <R> R read(Function<ObjectRows, R> work) {
        return database.read(connection -> work.apply(new PostgreSqlObjectRows(connection, place)));
    }

    @Override
    public <R> R write(Function<ObjectChanges, R> work) {
        return database.transact(connection -> work.apply(new PostgreSqlObjectChanges(connection, place)));
    }

    @Override
    public Reading reading() {
        return readers.begin();
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public int mostWithRow() {
        return 0;
    }

    @Override
    public boolean answers() {
        try {
            return database.read(connection ->
                    new Call(connection, "select 1").first(row -> true).isPresent());
        } catch (StorageFailure e) {
            return false;
        }
    }

    @Override
    public CursorSeal cursors() {
        return cursors;
    }

    /** The connections are the database's. */
    @Override
    public void close() {
        // Nothing is its own.
    }
}
