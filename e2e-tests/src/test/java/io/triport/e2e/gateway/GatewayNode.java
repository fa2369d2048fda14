package io.triport.e2e.gateway;

import io.triport.e2e.kv.Within;
import io.triport.gateway.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own, with all it writes in one file. */
final class GatewayNode implements AutoCloseable {
    private static final long LONGEST_STOP_SECONDS = 40;

    private final Process process;
    private final Path output;
    private final Path ready;

    private GatewayNode(Process process, Path output, Path ready) {
        this.process = process;
        this.output = output;
        this.ready = ready;
    }

    /** Returns when it is ready. @param directory of its data, output and file */
    static GatewayNode start(Path directory, String yaml, Map<String, String> environment) {
        try {
            var file = Files.createDirectories(directory).resolve("gateway.yaml");
            Files.writeString(file, yaml);
            var data = directory.resolve("data");
            var ready = data.resolve("run").resolve("gateway.ready");
            Files.deleteIfExists(ready);
            var output = directory.resolve("output");
            var builder = new ProcessBuilder(command(file, data))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(output.toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            var node = new GatewayNode(builder.start(), output, ready);
            Within.reason("ready: " + output, () -> Files.exists(ready) || !node.process.isAlive());
            if (!node.process.isAlive()) {
                throw new AssertionError("did not start: " + node.output());
            }
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path file, Path data) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName(),
                "--config",
                file.toString(),
                "--data",
                data.toString(),
                "--port",
                "0",
                "--management-port",
                "0");
    }

    URI address() {
        try (var lines = Files.lines(ready)) {
            return lines.filter(line -> line.startsWith("address="))
                    .map(line -> URI.create(line.substring("address=".length())))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All it has written until now. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        exit();
    }

    /** SIGTERM, without waiting. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end. @return the exit code */
    int exit() {
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
