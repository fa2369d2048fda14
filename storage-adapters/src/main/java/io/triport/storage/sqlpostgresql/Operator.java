package io.triport.storage.sqlpostgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.util.PasswordUtil;

/** What is done under the operator's own name, which no statement of a caller runs under. Safe for many threads. */
final class Operator implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final int CONNECT_SECONDS = 1;
    private static final int SILENCE_SECONDS = 60;
    private static final String MAY = """
        select rolsuper or rolcreaterole and rolcreatedb from pg_catalog.pg_roles where rolname = current_user\
        """;
    private static final String STATE = """
        select case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
                    else pg_catalog.pg_current_wal_insert_lsn() end - '0/0'\
        """;
    private static final String END = """
        select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where pid = ? and usename = ?\
        """;

    private final StorageSettings.PostgreSql server;
    private final Address address;
    private final HikariDataSource pool;

    private Operator(StorageSettings.PostgreSql server, Address address, HikariDataSource pool) {
        this.server = server;
        this.address = address;
        this.pool = pool;
    }

    /** Reads one row. */
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    /** @throws StorageFailure.Rejected UNSUPPORTED when the operator may make neither databases nor roles */
    static Operator open(StorageSettings.PostgreSql server, Address address) {
        var config = new HikariConfig();
        config.setPoolName("triport-sql");
        config.setJdbcUrl(server.url());
        config.setDataSourceProperties(properties(server));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(server.bounds().connection().toMillis());
        config.setInitializationFailTimeout(server.bounds().start().toMillis());
        try {
            return new Operator(server, address, new HikariDataSource(config)).checked();
        } catch (com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: no connection", e);
        }
    }

    private Operator checked() {
        try {
            if (all(MAY, row -> row.getBoolean(1)).contains(true)) {
                return this;
            }
        } catch (StorageFailure e) {
            close();
            throw e;
        }
        close();
        throw new StorageFailure.Rejected(
                FailureCode.UNSUPPORTED,
                "postgresql: " + server.user() + " may not make databases and roles"
                        + " (expected: CREATEDB and CREATEROLE, or no SQL databases)");
    }

    /** What is answered lies before it. */
    long state() {
        return all(STATE, row -> row.getBigDecimal(1).longValueExact()).getFirst();
    }

    /** Rows of a query of ours. */
    <R> List<R> all(String sql, Row<R> read, Object... values) {
        try (var connection = pool.getConnection();
                var statement = bound(connection, sql, values);
                var rows = statement.executeQuery()) {
            var all = new ArrayList<R>();
            while (rows.next()) {
                all.add(read.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw Refusals.ours(e);
        }
    }

    /** How many rows a statement of ours has changed. */
    int change(String sql, Object... values) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = bound(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Makes a database on the server, and a role that may use it and nothing else. Names and verifier need no quotes. */
    void make(Room room) throws SQLException {
        var name = room.name();
        change("create role " + name + " login noinherit password '" + verifier(room) + "'");
        // So that the operator may drop the database while it is used, and end what does not end.
        change("grant " + name + " to current_user");
        // The one without anything that was added to the server, such as a way to other databases.
        change("create database " + name + " template template0 encoding 'UTF8'");
        change("revoke all on database " + name + " from public");
        change("grant connect on database " + name + " to " + name);
        try (var connection = DriverManager.getConnection(address.url(name), properties(server));
                var statement = connection.createStatement()) {
            statement.execute("revoke all on schema public from public");
            statement.execute("grant usage, create on schema public to " + name);
        }
    }

    /** Removes what is there of it; who uses it is cut off. */
    void remove(String name) throws SQLException {
        change("drop database if exists " + name + " with (force)");
        change("drop role if exists " + name);
    }

    /** Ends a connection's other half, if it is still that of the room. */
    void end(int process, String role) {
        all(END, row -> row.getBoolean(1), process, role);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** So that the password itself is in no statement, and in no log of them. */
    private static String verifier(Room room) throws SQLException {
        return PasswordUtil.encodePassword(room.name(), text(room.password()).toCharArray(), "scram-sha-256");
    }

    static String text(Secret secret) {
        return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static Properties properties(StorageSettings.PostgreSql server) {
        var properties = new Properties();
        properties.setProperty("user", server.user());
        properties.setProperty("password", text(server.password()));
        properties.setProperty("ApplicationName", "triport-sql");
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", Integer.toString(SILENCE_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }
}
