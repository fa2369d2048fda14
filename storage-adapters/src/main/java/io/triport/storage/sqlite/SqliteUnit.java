package io.triport.storage.sqlite;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.time.Randomness;
import io.triport.storage.queue.Queues;
import java.time.Clock;
import java.util.function.Function;

/** One unit of writes, on the writer's thread: reads see what the unit has written. */
record SqliteUnit(SqliteTransaction transaction, SqliteAccess outside) implements SqliteAccess {
    @Override
    public <R> R read(Function<SqliteSession, R> work) {
        return work.apply(transaction.session());
    }

    @Override
    public <R> R readTotals(Function<SqliteSession, R> work) {
        transaction.writeTotals();
        return read(work);
    }

    @Override
    public <R> R write(Function<SqliteTransaction, R> work) {
        return transaction.member(work);
    }

    @Override
    public BlobFiles blobs() {
        return outside.blobs();
    }

    @Override
    public CursorSeal cursors() {
        return outside.cursors();
    }

    @Override
    public Queues queues() {
        return outside.queues();
    }

    @Override
    public Clock clock() {
        return outside.clock();
    }

    @Override
    public Randomness randomness() {
        return outside.randomness();
    }
}
