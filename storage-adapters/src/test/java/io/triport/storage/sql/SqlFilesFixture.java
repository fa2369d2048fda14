package io.triport.storage.sql;

import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.sql.SqlLimits;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.SqlCapability;
import io.triport.testkit.SqlFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** A directory of its own. */
final class SqlFilesFixture implements SqlFixture {
    /** Long enough for batches that wait for each other, and short for those that wait in vain. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private static final int WRITTEN_BEFORE_KILL = 60;

    private final SqlLimits limits;
    private final SqlFile.Commit commit;
    private final PastSizes sizes;
    private final PastStep.Watch watch;
    private final Path directory = make();
    private final SettableTicker ticker = new SettableTicker();
    private final SettableClock clock = SettableClock.anywhere();
    private SqlFiles files;

    SqlFilesFixture() {
        this(SqlLimits.USUAL, SqlFile.Commit.REAL);
    }

    SqlFilesFixture(SqlLimits limits, SqlFile.Commit commit) {
        this(limits, commit, PastSizes.of(limits.history()), PastStep.Watch.NOBODY);
    }

    SqlFilesFixture(PastSizes sizes, PastStep.Watch watch) {
        this(SqlLimits.USUAL, SqlFile.Commit.REAL, sizes, watch);
    }

    private SqlFilesFixture(SqlLimits limits, SqlFile.Commit commit, PastSizes sizes, PastStep.Watch watch) {
        this.limits = limits;
        this.commit = commit;
        this.sizes = sizes;
        this.watch = watch;
        this.files = open();
    }

    @Override
    public SqlDatabases databases() {
        return files;
    }

    @Override
    public SqlDatabases reopen() {
        files.close();
        files = open();
        return files;
    }

    @Override
    public SettableTicker ticker() {
        return ticker;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public Writing holdWriter(DatabaseName name) {
        try {
            var connection = DriverManager.getConnection("jdbc:sqlite:" + file(name));
            change(connection, "begin immediate");
            change(connection, "delete from t");
            return () -> end(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<Integer> killWhileWriting(DatabaseName name) {
        files.close();
        var told = KilledWriter.killAfter(
                WRITTEN_BEFORE_KILL, KilledSqlWriter.class.getName(), List.of(directory.toString(), name.text()));
        files = open();
        return told;
    }

    @Override
    public Set<SqlCapability> capabilities() {
        return Set.of(SqlCapability.values());
    }

    @Override
    public void close() {
        files.close();
        try (var all = Files.walk(directory)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(DatabaseName name) {
        return files.path(files.catalogue().find(name).orElseThrow().id());
    }

    Path directory() {
        return directory;
    }

    private SqlFiles open() {
        return open(directory, watch);
    }

    /** The same over another directory. */
    SqlFiles open(Path other, PastStep.Watch hearing) {
        var randomness = new SeededRandomness(System.identityHashCode(this));
        var means = new SqlMeans(limits, new SqlThreads(ticker, PATIENCE), commit, clock, sizes, hearing);
        return SqlFiles.open(other, means, PATIENCE, randomness);
    }

    private static void change(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void end(Connection connection) {
        try {
            change(connection, "rollback");
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Path make() {
        try {
            return Files.createTempDirectory("triport-sql");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
