package io.triport.storage.sqlite;

import io.triport.domain.storage.Durability;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * Connections to one SQLite file, with the settings that the promises rest on.
 *
 * @param migrations folder of the class path
 * @param durability of commits: VOLATILE leaves it to the system when they reach the disk
 */
record SqliteFile(Path path, String migrations, Durability durability) {
    private static final int BUSY_MILLIS = 5_000;
    private static final int LARGEST_LOG_BYTES = 64 * 1024 * 1024;
    private static final int WRITER_CACHE_KIB = 16 * 1024;
    private static final int READER_CACHE_KIB = 4 * 1024;

    SqliteFile(Path path, String migrations) {
        this(path, migrations, Durability.DURABLE);
    }

    /** Makes the tables, or brings those of an older version up to date. */
    void migrate() {
        Flyway.configure(SqliteFile.class.getClassLoader())
                .dataSource(source(config(WRITER_CACHE_KIB)))
                .locations("classpath:" + migrations)
                .load()
                .migrate();
    }

    SqliteSession writer() {
        var session = connect(WRITER_CACHE_KIB);
        // Never within a commit: see SqliteCheckpoints.
        session.first("pragma wal_autocheckpoint = 0", row -> row.getLong(1));
        return session;
    }

    SqliteSession reader() {
        var session = connect(READER_CACHE_KIB);
        session.change("pragma query_only = on");
        return session;
    }

    /** One that can write nothing, for whoever is not the owner of a file that is there. */
    SqliteSession looker() {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setGetGeneratedKeys(false);
        return connect(config);
    }

    private SqliteSession connect(int cacheKib) {
        return connect(config(cacheKib));
    }

    private SqliteSession connect(SQLiteConfig config) {
        try {
            return new SqliteSession(source(config).getConnection());
        } catch (SQLException e) {
            throw SqliteFailures.of(e);
        }
    }

    private SQLiteConfig config(int cacheKib) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: in WAL mode it is what lets every commit wait for its fsync; NORMAL would not.
        config.setSynchronous(
                durability == Durability.VOLATILE
                        ? SQLiteConfig.SynchronousMode.OFF
                        : SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(LARGEST_LOG_BYTES);
        config.setBusyTimeout(BUSY_MILLIS);
        // Each write of a group has a savepoint, for which SQLite keeps the pages as they were; else in a file per
        // transaction.
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        // A session is used by one thread at a time, so that a mutex of its own for every bound value is of no use.
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        // Nobody asks for them, and the driver would look for the word `insert` in each statement and select the last
        // row.
        config.setGetGeneratedKeys(false);
        // Negative: KiB rather than pages.
        config.setCacheSize(-cacheKib);
        return config;
    }

    private SQLiteDataSource source(SQLiteConfig config) {
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }
}
