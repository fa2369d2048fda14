package io.triport.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The machine's own NATS server with JetStream, on a free loopback port, which a test kills and starts again; it keeps its files. */
public final class NatsProcess implements AutoCloseable {
    private static final List<String> PROGRAMS =
            List.of("/usr/sbin/nats-server", "/usr/local/bin/nats-server", "/usr/bin/nats-server");
    private static final long LONGEST_START_NANOS = 60_000_000_000L;

    private final List<String> command;
    private final int port;
    private final Path directory;
    private @Nullable Process process;

    private NatsProcess(String program, int port, Path directory, List<String> options) {
        this.port = port;
        this.directory = directory;
        this.command = new ArrayList<>(List.of(program, "-a", "127.0.0.1", "-p", Integer.toString(port), "-js"));
        command.addAll(List.of("-sd", directory.toString()));
        command.addAll(options);
    }

    /**
     * A running server, or an aborted test where there is none to run.
     *
     * @param options of its command line, beside those for its address and its files
     */
    public static NatsProcess start(String... options) {
        var program = installed();
        assumeTrue(
                program.isPresent(),
                "none of " + PROGRAMS + " (Debian: apt install nats-server): what lies on NATS is not tested");
        var server = new NatsProcess(
                program.orElseThrow(), freePort(), QuickDirectory.fresh("triport-nats"), List.of(options));
        server.resume();
        return server;
    }

    public int port() {
        return port;
    }

    public String address() {
        return "nats://127.0.0.1:" + port;
    }

    /** Returns when the server takes commands; it has what it had. */
    public void resume() {
        try {
            process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var begun = System.nanoTime();
        while (!listens()) {
            if (System.nanoTime() - begun > LONGEST_START_NANOS) {
                throw new AssertionError(command + ": does not listen");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Returns when the server is gone, by kill -9. */
    public void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
            process = null;
        }
    }

    /** Kills the server and removes its files. */
    @Override
    public void close() {
        kill();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It speaks first. */
    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("INFO");
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> installed() {
        return PROGRAMS.stream()
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
