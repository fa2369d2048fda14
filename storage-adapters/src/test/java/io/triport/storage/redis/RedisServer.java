package io.triport.storage.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The machine's own Redis or Valkey in memory, on a free loopback port, which a test stops and starts again. */
public final class RedisServer implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("/usr/bin/redis-server", "/usr/bin/valkey-server");
    private static final long LONGEST_START_NANOS = 60_000_000_000L;

    private final String program;
    private final String password;
    private final int port;
    private @Nullable Process process;

    private RedisServer(String program, String password, int port) {
        this.program = program;
        this.password = password;
        this.port = port;
    }

    /** A running server, or an aborted test where there is none to run. */
    public static RedisServer start() {
        return start("");
    }

    /** @param password that clients must give, empty for none */
    public static RedisServer start(String password) {
        var program = installed();
        assumeTrue(
                program.isPresent(),
                "none of " + PROGRAMS + " (Debian: apt install redis-server): limits on Redis are not tested");
        var server = new RedisServer(program.orElseThrow(), password, freePort());
        server.resume();
        return server;
    }

    public StorageSettings.Redis address() {
        return new StorageSettings.Redis("redis://127.0.0.1:" + port, Secret.of(password));
    }

    /** Returns when the server takes connections. */
    void resume() {
        try {
            process = new ProcessBuilder(
                            program,
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no",
                            "--requirepass",
                            password)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var begun = System.nanoTime();
        while (!listens()) {
            if (System.nanoTime() - begun > LONGEST_START_NANOS) {
                throw new AssertionError(program + ": does not listen");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Returns when the server is gone; connections are cut. */
    void stop() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
            process = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> installed() {
        return Stream.concat(PROGRAMS.stream(), Stream.of("/usr/local/bin/redis-server"))
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
