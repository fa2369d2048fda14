package io.triport.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server of the machine's own PostgreSQL with fsync, on a free loopback port, which a test stops, kills and starts again. */
public final class PostgreSqlCluster implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String ROOT = "root";
    private static final String OTHER_USER = "postgres";

    private final Path binaries;
    private final Path data;
    private final int port;

    private PostgreSqlCluster(Path binaries, Path data, int port) {
        this.binaries = binaries;
        this.data = data;
        this.port = port;
    }

    /** A running server, or an aborted test where there is none to run. @param directory an empty one */
    public static PostgreSqlCluster start(Path directory) {
        var binaries = newest();
        assumeTrue(
                binaries.isPresent(),
                "no server under " + INSTALLED
                        + " (Debian: apt install postgresql): what a server with fsync does is not tested");
        var cluster = new PostgreSqlCluster(binaries.orElseThrow(), given(directory), freePort());
        var data = cluster.data;
        cluster.call("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "-D", data.toString());
        cluster.start();
        return cluster;
    }

    /** A running copy that follows this one's log. @param directory an empty one */
    public PostgreSqlCluster replica(Path directory) {
        var copy = new PostgreSqlCluster(binaries, given(directory), freePort());
        var from = "host=127.0.0.1 user=postgres port=" + port;
        copy.call(
                "pg_basebackup",
                "--dbname=" + from,
                "--checkpoint=fast",
                "--write-recovery-conf",
                "-D",
                copy.data.toString());
        copy.start();
        return copy;
    }

    public int port() {
        return port;
    }

    /** Host, port and database; the user is {@code postgres}, with any password. */
    public String location() {
        return "127.0.0.1:" + port + "/postgres";
    }

    /** Returns when the server takes connections. */
    public void start() {
        var options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + data;
        call("pg_ctl", "-w", "-D", data.toString(), "-l", data + "/log", "-o", options, "start");
    }

    /** Returns when the server is gone; connections are cut. */
    public void stop() {
        call("pg_ctl", "-w", "-m", "fast", "-D", data.toString(), "stop");
    }

    /** SIGKILL to the server; its children follow it. */
    public void kill() {
        try {
            var pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
            var server = ProcessHandle.of(pid).orElseThrow();
            var children = server.children().toList();
            server.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            server.onExit().join();
            children.forEach(child -> child.onExit().join());
            Files.delete(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            call("pg_ctl", "-w", "-m", "immediate", "-D", data.toString(), "stop");
        }
        if (isRoot()) {
            run(List.of("chown", "-R", ROOT, data.toString()));
        }
    }

    /** To the one who runs the server. */
    private static Path given(Path directory) {
        if (isRoot()) {
            run(List.of("chown", OTHER_USER, directory.toString()));
            run(List.of("chmod", "755", directory.toString()));
        }
        return directory.resolve("data");
    }

    private void call(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", OTHER_USER, "--"));
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + process.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Optional<Path> newest() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (var versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server refuses to run as root. */
    private static boolean isRoot() {
        return System.getProperty("user.name").equals(ROOT);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
