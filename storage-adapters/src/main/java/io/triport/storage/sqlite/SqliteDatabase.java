package io.triport.storage.sqlite;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.CursorSeal;
import io.triport.domain.storage.StorageFailure;
import io.triport.domain.time.Randomness;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** The database at large: reads on the pool, writes on the writer. */
final class SqliteDatabase implements SqliteAccess, AutoCloseable {
    private static final int READERS = 8;
    private static final int KEY_BYTES = 32;
    private static final String PROBE = "update counter set value = value + 1 where name = 'probe'";
    private static final String PROBED = "select value from counter where name = 'probe'";
    private static final SqliteWrite.Patience PATIENCE =
            new SqliteWrite.Patience(Duration.ofSeconds(5), Duration.ofSeconds(25));
    private static final SqliteWrite.Patience PROBE_PATIENCE =
            new SqliteWrite.Patience(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final SqliteReaders readers;
    private final SqliteWriter writer;
    private final BlobFiles blobs;
    private final Clock clock;
    private final Randomness randomness;
    private final CursorSeal cursors;

    SqliteDatabase(SqliteFile file, BlobFiles blobs, SqliteWriter.Commit commit, Clock clock, Randomness randomness) {
        file.migrate();
        this.blobs = blobs;
        this.clock = clock;
        this.randomness = randomness;
        this.readers = new SqliteReaders(READERS, file::reader);
        this.writer = new SqliteWriter(file, blobs, commit);
        this.cursors = new CursorSeal(write(this::cursorKey), clock);
        var orphans = blobs.collectOrphans(name -> read(session ->
                        session.first("select 1 from entry where blob = ?", row -> row.getLong(1), name))
                .isPresent());
        if (orphans > 0) {
            Sqlite.LOG.info("removed files of writes that were not answered count={}", orphans);
        }
    }

    @Override
    public <R> R read(Function<SqliteSession, R> work) {
        return readers.read(work);
    }

    @Override
    public <R> R write(Function<SqliteTransaction, R> work) {
        return writer.write(work, PATIENCE);
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
    public Clock clock() {
        return clock;
    }

    @Override
    public Randomness randomness() {
        return randomness;
    }

    /** Whether a write and a read come to their end in time. */
    boolean answers() {
        try {
            writer.write(transaction -> transaction.session().change(PROBE), PROBE_PATIENCE);
            return read(session -> session.first(PROBED, row -> row.getLong(1))).isPresent();
        } catch (StorageFailure e) {
            Sqlite.LOG.warn("sqlite does not answer code={}", e.code(), e);
            return false;
        }
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
    }

    private Bytes cursorKey(SqliteTransaction transaction) {
        var fresh = Bytes.copyOf(randomness.bytes(KEY_BYTES));
        transaction.session().change("insert or ignore into engine_key (name, value) values ('cursor', ?)", fresh);
        return transaction
                .session()
                .first("select value from engine_key where name = 'cursor'", row -> SqliteSession.bytes(row, 1))
                .orElseThrow();
    }
}
