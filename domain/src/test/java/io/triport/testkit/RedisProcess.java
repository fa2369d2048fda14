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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The machine's own Redis or Valkey in memory, on a free loopback port, which a test stops and starts again. */
public final class RedisProcess implements AutoCloseable {
    private static final List<String> PROGRAMS =
            List.of("/usr/bin/redis-server", "/usr/bin/valkey-server", "/usr/local/bin/redis-server");
    private static final long LONGEST_START_NANOS = 60_000_000_000L;

    private final String program;
    private final String password;
    private final int port;
    private final List<String> options;
    private @Nullable Process process;

    private RedisProcess(String program, String password, int port, List<String> options) {
        this.program = program;
        this.password = password;
        this.port = port;
        this.options = options;
    }

    /**
     * A running server, or an aborted test where there is none to run.
     *
     * @param password that clients must give, empty for none
     */
    public static RedisProcess start(String password) {
        return start(password, List.of());
    }

    /**
     * The same of a server that one may also speak to in TLS.
     *
     * @param cert PEM file of its certificate
     * @param key PEM file of the key
     */
    public static Encrypted startEncrypted(Path cert, Path key) {
        var port = freePort();
        var server = start(
                "",
                List.of(
                        "--tls-port",
                        Integer.toString(port),
                        "--tls-cert-file",
                        cert.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-ca-cert-file",
                        cert.toString(),
                        "--tls-auth-clients",
                        "no"));
        return new Encrypted(server, "rediss://127.0.0.1:" + port);
    }

    /** @param address in TLS */
    public record Encrypted(RedisProcess process, String address) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }

    private static RedisProcess start(String password, List<String> options) {
        var program = installed();
        assumeTrue(
                program.isPresent(),
                "none of " + PROGRAMS + " (Debian: apt install redis-server): what lies on Redis is not tested");
        var server = new RedisProcess(program.orElseThrow(), password, freePort(), options);
        server.resume();
        return server;
    }

    /** Without the password. */
    public String address() {
        return "redis://127.0.0.1:" + port;
    }

    /** Returns when the server takes connections; it has nothing. */
    public void resume() {
        var running = begun();
        process = running;
        var begun = System.nanoTime();
        while (!answers(running)) {
            if (System.nanoTime() - begun > LONGEST_START_NANOS) {
                stop();
                throw new AssertionError(program + ": does not answer at port " + port);
            }
            if (!running.isAlive()) {
                // Somebody else had the port for a moment.
                running = begun();
                process = running;
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private Process begun() {
        var command = new ArrayList<>(List.of(program, "--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--requirepass", password));
        command.addAll(options);
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the server is gone; connections are cut. */
    public void stop() {
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

    /** Whether it is this server that has the port, and no other's. */
    private boolean answers(Process running) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            var login = password.isEmpty() ? "" : command("AUTH", password);
            var asked = login + command("INFO", "server") + command("QUIT");
            socket.getOutputStream().write(asked.getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.contains("process_id:" + running.pid() + "\r\n");
        } catch (IOException e) {
            return false;
        }
    }

    private static String command(String... words) {
        var written = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) {
            var length = word.getBytes(StandardCharsets.UTF_8).length;
            written.append('$').append(length).append("\r\n").append(word).append("\r\n");
        }
        return written.toString();
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
