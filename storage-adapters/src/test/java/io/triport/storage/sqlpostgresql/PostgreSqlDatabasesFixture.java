package io.triport.storage.sqlpostgresql;

import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.time.Randomness;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.SqlCapability;
import io.triport.testkit.SqlFixture;
import io.triport.testkit.SqlWords;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A node on a server, as its operator lets it. */
final class PostgreSqlDatabasesFixture implements SqlFixture {
    /** Long enough for batches that wait for each other, and short for those that wait in vain. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private static final int WRITTEN_BEFORE_KILL = 60;

    private final OperatedServer server = new OperatedServer();
    private final SettableTicker ticker = new SettableTicker();
    private final SettableClock clock = SettableClock.anywhere();
    private final List<PostgreSqlDatabases> besides = new ArrayList<>();
    private PostgreSqlDatabases databases = open();

    OperatedServer server() {
        return server;
    }

    @Override
    public PostgreSqlDatabases databases() {
        return databases;
    }

    @Override
    public PostgreSqlDatabases reopen() {
        databases.close();
        databases = open();
        return databases;
    }

    /** Another node on the same server. */
    PostgreSqlDatabases beside() {
        var other = open();
        besides.add(other);
        return other;
    }

    @Override
    public SettableTicker ticker() {
        return ticker;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    /** Others wait for what they would change; of rows that are only added nobody would know. */
    @Override
    public Writing holdWriter(DatabaseName name) {
        try {
            var connection = server.connect(room(name));
            connection.setAutoCommit(false);
            change(connection, "lock table t in share row exclusive mode");
            change(connection, "delete from t");
            return () -> end(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<Integer> killWhileWriting(DatabaseName name) {
        var told = KilledWriter.killAfter(
                WRITTEN_BEFORE_KILL,
                KilledDatabaseWriter.class.getName(),
                List.of(server.url(), server.operator(), server.password(), name.text()));
        reopen();
        return told;
    }

    @Override
    public Set<SqlCapability> capabilities() {
        return Set.of(SqlCapability.SURVIVES_KILL);
    }

    @Override
    public SqlWords words() {
        return SqlWords.POSTGRESQL;
    }

    @Override
    public void close() {
        besides.forEach(PostgreSqlDatabases::close);
        databases.close();
        server.close();
    }

    Room room(DatabaseName name) {
        return databases.room(name).orElseThrow();
    }

    private PostgreSqlDatabases open() {
        return PostgreSqlDatabases.open(
                server.settings(), List.of(), SqlLimits.USUAL, PATIENCE, clock, ticker, Randomness.system());
    }

    private static void change(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void end(Connection connection) {
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
