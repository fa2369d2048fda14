package io.triport.manager;

import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import io.triport.testkit.QuickDirectory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL 16 without fsync on a free loopback port, started once for all tests of the process; it ends with it. */
final class PostgreSqlServer {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private PostgreSqlServer() {}

    /** A new, empty database. */
    static StorageSettings.PostgreSql freshDatabase() {
        var name = "manager_" + DATABASES.incrementAndGet();
        try (var connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError(name, e);
        }
        return new StorageSettings.PostgreSql(url(name), "postgres", Secret.of("postgres"));
    }

    static Connection connect(StorageSettings.PostgreSql database) throws SQLException {
        return DriverManager.getConnection(database.url(), "postgres", "postgres");
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/" + database;
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(QuickDirectory.fresh("postgresql"))
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
