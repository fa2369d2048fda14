package io.triport.storage.sql;

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
    private static final int PAGE_BYTES = 4_096;
    private static final int LARGEST_LOG_BYTES = 64 * 1024 * 1024;
    private static final int CACHE_KIB = 2 * 1024;
    private static final int EXPLAIN_BYTES = "EXPLAIN ".length();

    SqlConnection writer() {
        return connect(writing(), limits.statementBytes());
    }

    private SQLiteConfig writing() {
        var config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: in WAL mode it is what lets every commit wait for its fsync; NORMAL would not.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(LARGEST_LOG_BYTES);
        config.setMaxPageCount((int) Math.min(limits.database().bytes() / PAGE_BYTES, Integer.MAX_VALUE));
        // Never within a commit, where an error of its fsync would be swallowed: see SqlFile.
        config.setWalAutocheckpoint(0);
        return config;
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
