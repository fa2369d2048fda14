package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.QuickDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A database that can have vectors, started once for all tests of the process: the machine's own PostgreSQL where it has pgvector, else
 * PGlite with it, which is among the clients that tests use, else none. The server that other tests use comes without extensions.
 */
final class VectorServer {
    /*
     * PGlite is PostgreSQL in one process of Node.js. It has one session, which its connections take turns with: what has a name there,
     * such as the statement that was prepared last, is everybody's, and who is in a transaction keeps all others waiting. So a node has
     * one connection to it; and a migration by Flyway has two, of which one would wait for the other.
     */
    private static final Logger LOG = System.getLogger("io.triport.testkit.matrix");
    private static final Path INSTALLED = Path.of("/usr/share/postgresql");
    private static final String CONTROL = "extension/vector.control";
    private static final Path CLIENTS = Path.of("..", "e2e-tests", "src", "test", "clients");
    private static final String READY = "listening ";
    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Optional<PostgreSqlSettings> SETTINGS = start();

    private VectorServer() {}

    /** Of a database with all tables; empty where this machine has no such server. */
    static Optional<PostgreSqlSettings> settings() {
        return SETTINGS;
    }

    /** Whether it is PGlite, in which a graph of 20,000 vectors takes minutes to make. */
    static boolean small() {
        return SETTINGS.isPresent() && !hasExtension();
    }

    private static Optional<PostgreSqlSettings> start() {
        var found = installed().or(VectorServer::pglite);
        found.ifPresent(settings -> {
            execute(settings, "create extension if not exists vector");
            execute(settings, tables());
        });
        LOG.log(
                Logger.Level.INFO,
                "pgvector: {0}",
                found.map(PostgreSqlSettings::url).orElse("no server of this machine has it"));
        return found;
    }

    private static String tables() {
        try (var script = PostgreSqlStorage.class.getResourceAsStream("migration/V60__vector_indexes.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<PostgreSqlSettings> installed() {
        if (!hasExtension()) {
            return Optional.empty();
        }
        var cluster = PostgreSqlCluster.start(QuickDirectory.fresh("pgvector"));
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        return Optional.of(settings(cluster.location(), "", CONNECTIONS));
    }

    private static boolean hasExtension() {
        if (!Files.isDirectory(INSTALLED)) {
            return false;
        }
        try (var versions = Files.list(INSTALLED)) {
            // The cluster is of the newest.
            return versions.filter(version -> Files.isDirectory(version.resolve("extension")))
                    .max(Path::compareTo)
                    .filter(version -> Files.exists(version.resolve(CONTROL)))
                    .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<PostgreSqlSettings> pglite() {
        if (!Files.isDirectory(CLIENTS.resolve("node_modules/@electric-sql/pglite-pgvector"))) {
            return Optional.empty();
        }
        try {
            var process = new ProcessBuilder("node", "pglite.mjs")
                    .directory(CLIENTS.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var line = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (line == null || !line.startsWith(READY)) {
                throw new AssertionError("pglite.mjs: " + line + " (expected: " + READY + "PORT)");
            }
            var location = "127.0.0.1:" + line.substring(READY.length()) + "/postgres";
            return Optional.of(settings(location, "?sslmode=disable&prepareThreshold=0", 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgreSqlSettings settings(String location, String parameters, int connections) {
        var bounds = new StorageSettings.Bounds(connections, PATIENCE, PATIENCE, PATIENCE);
        var url = "jdbc:postgresql://" + location + parameters;
        return new PostgreSqlSettings(url, "postgres", Secret.of("postgres"), bounds);
    }

    private static void execute(PostgreSqlSettings settings, String sql) {
        try (var connection = settings.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
