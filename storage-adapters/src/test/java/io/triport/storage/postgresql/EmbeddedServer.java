package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.time.Randomness;
import io.triport.testkit.QuickDirectory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL 16 without fsync on a free loopback port, started once for all tests of the process; it ends with it. */
final class EmbeddedServer {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private EmbeddedServer() {}

    static int port() {
        return SERVER.getPort();
    }

    /** A new database as a node's start leaves it: all tables, and nothing in them. */
    static PostgreSqlSettings freshDatabase() {
        return database("template " + WithTables.name() + " strategy file_copy");
    }

    /** A new database without a table. */
    static PostgreSqlSettings bareDatabase() {
        return database("");
    }

    private static PostgreSqlSettings database(String how) {
        var name = "test_" + DATABASES.incrementAndGet();
        execute("create database " + name + " " + how);
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

    /** What databases of tests are copied from, for their tables take longer to make than most tests. */
    private static final class WithTables {
        private static final String NAME = "with_tables";

        static {
            execute("create database " + NAME);
            PostgreSqlStorage.open(settings(NAME), Clock.systemUTC(), Randomness.system())
                    .close();
        }

        private static String name() {
            return NAME;
        }
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
