package io.triport.storage.sqlite;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.time.Randomness;
import io.triport.storage.queue.Queues;
import java.time.Clock;
import java.util.function.Function;

/** Where the stores run their statements: on the database at large, or within one unit of writes. */
interface SqliteAccess {
    /** Runs statements that change nothing. */
    <R> R read(Function<SqliteSession, R> work);

    /** Runs statements that change nothing and may ask for the totals of namespaces. */
    default <R> R readTotals(Function<SqliteSession, R> work) {
        return read(work);
    }

    /** Runs statements that take effect together, or not at all when the work throws. Answers when they are durable. */
    <R> R write(Function<SqliteTransaction, R> work);

    BlobFiles blobs();

    CursorSeal cursors();

    Queues queues();

    Clock clock();

    Randomness randomness();
}
