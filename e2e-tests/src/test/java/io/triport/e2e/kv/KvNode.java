package io.triport.e2e.kv;

import io.triport.kv.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/** A KV proxy in a process of its own, with all it writes in one file. */
final class KvNode implements AutoCloseable {
    private static final long LONGEST_STOP_SECONDS = 40;

    private final Process process;
    private final Path output;
    private final Path ready;

    private KvNode(Process process, Path output, Path ready) {
        this.process = process;
        this.output = output;
        this.ready = ready;
    }

    /** Returns when it is ready. @param directory of its data. @param name of this run, for its output */
    static KvNode start(Path directory, String name, Map<String, String> environment, String... arguments) {
        return awaited(launch(directory, name, environment, arguments));
    }

    /** Returns when it is ready. @param directory of its output; its data is on the disk */
    static KvNode startOn(SmallDisk disk, Path directory, String name, Map<String, String> environment) {
        return awaited(launch(disk.inside(), disk.data(), disk.outside(disk.data()), directory, name, environment));
    }

    private static KvNode awaited(KvNode node) {
        Within.reason("ready: " + node.output, () -> Files.exists(node.ready) || !node.process.isAlive());
        if (!node.process.isAlive()) {
            throw new AssertionError("did not start: " + node.output());
        }
        return node;
    }

    /** Does not wait. */
    static KvNode launch(Path directory, String name, Map<String, String> environment, String... arguments) {
        var data = directory.resolve("data");
        return launch(List.of(), data, data, directory, name, environment, arguments);
    }

    /** @param data as the process calls it. @param seen the same directory as this process calls it */
    private static KvNode launch(
            List<String> prefix,
            Path data,
            Path seen,
            Path directory,
            String name,
            Map<String, String> environment,
            String... arguments) {
        try {
            Files.createDirectories(seen);
            var ready = seen.resolve("run").resolve("kv-proxy.ready");
            Files.deleteIfExists(ready);
            var output = directory.resolve(name + ".out");
            var command = new ArrayList<>(prefix);
            command.addAll(program());
            command.addAll(List.of("--data", data.toString(), "--port", "0", "--management-port", "0"));
            command.addAll(List.of(arguments));
            var builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new KvNode(builder.start(), output, ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words that start it: its jar with the libraries beside it, or its classes where no jar was built. */
    static List<String> program() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        try {
            var place = Path.of(Application.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(place) && namesItsLibraries(place)) {
                command.addAll(List.of("-jar", place.toString()));
            } else {
                command.addAll(List.of("-cp", System.getProperty("java.class.path"), Application.class.getName()));
            }
            return command;
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError("the KV proxy cannot be found", e);
        }
    }

    private static boolean namesItsLibraries(Path place) throws IOException {
        try (var jar = new JarFile(place.toFile())) {
            var manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue("Class-Path") != null;
        }
    }

    URI address() {
        return told("address=");
    }

    URI management() {
        return told("management=");
    }

    private URI told(String name) {
        try (var lines = Files.lines(ready)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> URI.create(line.substring(name.length())))
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

    Path outputFile() {
        return output;
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
