package io.triport.storage.sql;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.SqlLimits;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteLimits;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one file, with the settings that the promises rest on. @param patience with other processes that write */
record SqlConnector(Path file, SqlLimits limits, Duration patience) {
    /** What the name of the folder of earlier states ends with. */
    static final String PAST = "-past";

    /** What stays of the log of SQLite when it begins anew. Less than what makes it long, or it would be long from the beginning. */
    private static final int LEFT_LOG_BYTES = 1024 * 1024;

    private static final int CACHE_KIB = 2 * 1024;
    /** Of files of which there may be a thousand. */
    private static final int SCRATCH_CACHE_KIB = 512;

    private static final int EXPLAIN_BYTES = "EXPLAIN ".length();

    /** SQLite's own log of it. */
    Path log() {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** The folder of its earlier states. */
    Path past() {
        return file.resolveSibling(file.getFileName() + PAST);
    }

    SqlConnection writer() {
        return connect(writing(), limits.statementBytes());
    }

    private SQLiteConfig writing() {
        var config = config();
        // What the log of earlier states is made of.
        config.setPageSize(WalFile.PAGE_BYTES);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: in WAL mode it is what lets every commit wait for its fsync; NORMAL would not.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(LEFT_LOG_BYTES);
        config.setMaxPageCount((int) Math.min(limits.database().bytes() / WalFile.PAGE_BYTES, Integer.MAX_VALUE));
        // Never within a commit, where an error of its fsync would be swallowed: see SqlFile.
        config.setWalAutocheckpoint(0);
        return config;
    }

    /** The only connection to a file that does not last, and that nobody else opens. @param bytes that it may have at most */
    SqlConnection scratch(long bytes) {
        var config = writing();
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        // With the index of the log in memory, which is one file less.
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setMaxPageCount((int) (bytes / WalFile.PAGE_BYTES));
        config.setCacheSize(-SCRATCH_CACHE_KIB);
        return connect(config, limits.statementBytes());
    }

    /** For one import, whose statements may be longer. */
    SqlConnection loader(int statementBytes) {
        return connect(writing(), statementBytes);
    }

    /** It cannot write, whatever it is told. */
    SqlConnection reader() {
        var config = config();
        config.setReadOnly(true);
        return connect(config, limits.statementBytes());
    }

    /** Looks through a database that nobody has open. @throws StorageFailure.Corrupt when it is damaged */
    static void check(Path other) {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        var source = new SQLiteDataSource(config);
        // It has no log beside it, and needs none.
        source.setUrl("jdbc:sqlite:file:" + other.toUri().getRawPath() + "?immutable=1");
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("pragma quick_check(1)")) {
            var first = found.next() ? found.getString(1) : "";
            if (!first.equals("ok")) {
                throw new StorageFailure.Corrupt("sql history: " + first);
            }
        } catch (SQLException e) {
            throw SqlErrors.of(e);
        }
    }

    private SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout((int) patience.toMillis());
        config.enforceForeignKeys(true);
        // What a statement sorts or keeps aside may be large: not in memory, which all share.
        config.setTempStore(SQLiteConfig.TempStore.FILE);
        // A connection is used by one thread at a time.
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setGetGeneratedKeys(false);
        // Negative: KiB rather than pages.
        config.setCacheSize(-CACHE_KIB);
        return config;
    }

    private SqlConnection connect(SQLiteConfig config, int statementBytes) {
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try {
            var connection = (SQLiteConnection) source.getConnection();
            try {
                for (var limit : bounds(statementBytes).entrySet()) {
                    connection.setLimit(limit.getKey(), limit.getValue());
                }
                return new SqlConnection(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqlErrors.ours(e);
        }
    }

    /** SQLite refuses what is above. No file can be attached, whatever the judge thinks of it. */
    private Map<SQLiteLimits, Integer> bounds(int statementBytes) {
        return Map.of(
                SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, statementBytes + EXPLAIN_BYTES,
                SQLiteLimits.SQLITE_LIMIT_VARIABLE_NUMBER, limits.parameters(),
                SQLiteLimits.SQLITE_LIMIT_COLUMN, limits.columns(),
                SQLiteLimits.SQLITE_LIMIT_LENGTH, limits.valueBytes(),
                SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, limits.patternBytes(),
                SQLiteLimits.SQLITE_LIMIT_FUNCTION_ARG, limits.functionArguments(),
                SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    }
}
