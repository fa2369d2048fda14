package io.triport.storage.sqlite;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.time.Randomness;
import io.triport.storage.queue.Queues;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** The database at large: reads on the pool, writes on the writer. */
final class SqliteDatabase implements SqliteAccess, AutoCloseable {
    private final SqliteConnections connections;
    private final BlobFiles blobs;
    private final Clock clock;
    private final Randomness randomness;
    private final CursorSeal cursors;
    private final Queues queues;

    SqliteDatabase(
            SqliteFile file,
            BlobFiles blobs,
            SqliteWriter.Commit commit,
            DirectoryLock lock,
            Clock clock,
            Randomness randomness) {
        this.connections = new SqliteConnections(file, blobs::remove, commit, lock::inTurn);
        this.blobs = blobs;
        this.clock = clock;
        this.randomness = randomness;
        this.cursors = connections.cursors(clock, randomness);
        this.queues = new Queues(cursors, clock, randomness);
        if (!lock.alone()) {
            // A file that no row names may be that of a write which another process has not committed yet.
            return;
        }
        var orphans = blobs.collectOrphans(name -> read(session ->
                        session.first("select 1 from entry where blob = ?", row -> row.getLong(1), name))
                .isPresent());
        if (orphans > 0) {
            Sqlite.LOG.info("removed files of writes that were not answered count={}", orphans);
        }
    }

    @Override
    public <R> R read(Function<SqliteSession, R> work) {
        return connections.read(work);
    }

    @Override
    public <R> R write(Function<SqliteTransaction, R> work) {
        return connections.write(work);
    }

    @Override
    public BlobFiles blobs() {
        return blobs;
    }

    @Override
    public CursorSeal cursors() {
        return cursors;
    }

    @Override
    public Queues queues() {
        return queues;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Randomness randomness() {
        return randomness;
    }

    List<StorageLevel> levels() {
        return connections.levels(SqliteEngine.NAME, "data");
    }

    /** Whether a write and a read come to their end in time. */
    boolean answers() {
        return connections.answers();
    }

    @Override
    public void close() {
        connections.close();
    }
}
