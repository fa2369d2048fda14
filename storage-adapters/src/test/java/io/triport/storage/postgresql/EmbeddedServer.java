package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL 16 without fsync on a free loopback port, started once for all tests of the process; it ends with it. */
final class EmbeddedServer {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private EmbeddedServer() {}

    static int port() {
        return SERVER.getPort();
    }

    /** A new, empty database. */
    static PostgreSqlSettings freshDatabase() {
        var name = "test_" + DATABASES.incrementAndGet();
        execute("create database " + name);
        return settings(name);
    }

    static void drop(PostgreSqlSettings settings) {
        execute("drop database " + settings.url().substring(settings.url().lastIndexOf('/') + 1) + " with (force)");
    }

    private static PostgreSqlSettings settings(String database) {
        var url = "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/" + database;
        return new PostgreSqlSettings(url, "postgres", Secret.of("postgres"));
    }

    private static void execute(String sql) {
        try (var connection = settings("postgres").dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
