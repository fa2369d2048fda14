package io.triport.storage.sqlite;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevel.Kind;
import io.triport.domain.time.Randomness;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** One SQLite file that is open: readers, the writer, and what every file of ours has, the counters and the engine's keys. */
final class SqliteConnections implements AutoCloseable {
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

    /** @param removeFile takes away a file that no row names */
    SqliteConnections(SqliteFile file, Consumer<String> removeFile, SqliteWriter.Commit commit) {
        this(file, removeFile, commit, Runnable::run);
    }

    /** @param turn runs what begins to write when it is this process's turn */
    SqliteConnections(
            SqliteFile file, Consumer<String> removeFile, SqliteWriter.Commit commit, Consumer<Runnable> turn) {
        file.migrate();
        this.readers = new SqliteReaders(READERS, file::reader);
        this.writer = new SqliteWriter(file, removeFile, commit, turn);
    }

    <R> R read(Function<SqliteSession, R> work) {
        return readers.read(work);
    }

    <R> R write(Function<SqliteTransaction, R> work) {
        return writer.write(work, PATIENCE);
    }

    /** The seal of cursors, whose key is made the first time. */
    CursorSeal cursors(Clock clock, Randomness randomness) {
        return new CursorSeal(write(transaction -> cursorKey(transaction, randomness)), clock);
    }

    /** How many read, could read, and wait. @param name of the file, among those of an adapter */
    List<StorageLevel> levels(String adapter, String name) {
        return List.of(
                new StorageLevel(Kind.BUSY, adapter, name + "-readers", readers::busy),
                new StorageLevel(Kind.IDLE, adapter, name + "-readers", readers::idle),
                new StorageLevel(Kind.WAITING, adapter, name + "-readers", readers::waiting),
                new StorageLevel(Kind.WAITING, adapter, name + "-writer", writer::waiting));
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

    private static Bytes cursorKey(SqliteTransaction transaction, Randomness randomness) {
        var fresh = Bytes.copyOf(randomness.bytes(KEY_BYTES));
        transaction.session().change("insert or ignore into engine_key (name, value) values ('cursor', ?)", fresh);
        return transaction
                .session()
                .first("select value from engine_key where name = 'cursor'", row -> SqliteSession.bytes(row, 1))
                .orElseThrow();
    }
}
