package io.triport.e2e.bench;

import io.triport.domain.time.Ticker;
import io.triport.kv.Application;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/** The KV proxy as its users run it: a process of its own, a configuration file, all its log lines in a file. */
final class KvProgram implements AutoCloseable {
    /** What the launcher starts it with. */
    static final List<String> FLAGS = List.of("@"
            + Path.of(System.getProperty("triport.root"), "build", "jvm.options")
                    .toAbsolutePath());

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(40);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final String KEY_ID = "bench";

    private final Process process;
    private final Path log;
    private final Target target;

    private KvProgram(Process process, Path log, Target target) {
        this.process = process;
        this.log = log;
        this.target = target;
    }

    /** Returns when it is ready. @param directory of its data, with a key file from {@link #prepare} */
    static KvProgram start(Path directory, List<String> jvmFlags, Ticker ticker) {
        try {
            var run = Files.createDirectories(directory.resolve("run"));
            var log = directory.resolve("log");
            try (var watch = FileSystems.getDefault().newWatchService()) {
                run.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                var builder = new ProcessBuilder(command(directory, jvmFlags))
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(log.toFile()));
                builder.environment().clear();
                builder.environment().put("MALLOC_ARENA_MAX", "2");
                var process = builder.start();
                var ready = run.resolve("kv-proxy.ready");
                var deadline = ticker.nanos() + LONGEST_START.toNanos();
                while (!Files.exists(ready)) {
                    if (!process.isAlive() || ticker.nanos() - deadline > 0) {
                        process.destroyForcibly();
                        throw new LoadFailed("kv-proxy did not start: " + Files.readString(log));
                    }
                    var event = watch.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                    if (event != null) {
                        event.reset();
                    }
                }
                return new KvProgram(process, log, target(directory, ready, process));
            }
        } catch (IOException e) {
            throw new LoadFailed("kv-proxy did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted", e);
        }
    }

    /** Writes the configuration, with one key that may do what the benchmark does and no more. */
    static void prepare(Path directory, String secret) throws IOException {
        Files.createDirectories(directory);
        var secretFile = directory.resolve("secret");
        Files.deleteIfExists(secretFile);
        Files.createFile(
                secretFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secretFile, secret);
        Files.writeString(directory.resolve("kv-proxy.yaml"), """
            triport:
              kv:
                keys:
                  %s:
                    secrets: ["${file:%s}"]
                    scopes: [kv.get, kv.put, kv.list]
                    namespaces: [%s]
                    prefixes: ["bench:"]
            """.formatted(
                        KEY_ID, secretFile.toAbsolutePath(), RequestSigner.NAMESPACE));
    }

    /** The program's own jar, when it is built with what it needs beside it; a cache of its classes needs that form. */
    static Optional<Path> jar() {
        try {
            var place = Path.of(Application.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!Files.isRegularFile(place)) {
                return Optional.empty();
            }
            try (var jar = new JarFile(place.toFile())) {
                var manifest = jar.getManifest();
                return manifest != null && manifest.getMainAttributes().getValue("Class-Path") != null
                        ? Optional.of(place)
                        : Optional.empty();
            }
        } catch (IOException | URISyntaxException e) {
            throw new LoadFailed("kv-proxy cannot be found", e);
        }
    }

    Target target() {
        return target;
    }

    /** Lets its log begin anew, so that a long run does not fill the disk. */
    void emptyLog() {
        try (var file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(0);
        } catch (IOException e) {
            throw new LoadFailed("log", e);
        }
    }

    /** Stops it as an operator does. */
    void stop() {
        process.destroy();
        await();
    }

    /** Ends it at once. */
    @Override
    public void close() {
        process.destroyForcibly();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new LoadFailed("kv-proxy did not stop within " + LONGEST_STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted", e);
        }
    }

    private static List<String> command(Path directory, List<String> jvmFlags) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(jvmFlags);
        jar().ifPresentOrElse(
                        jar -> command.addAll(List.of("-jar", jar.toString())),
                        () -> command.addAll(
                                List.of("-cp", System.getProperty("java.class.path"), Application.class.getName())));
        command.addAll(List.of("--config", directory.resolve("kv-proxy.yaml").toString()));
        command.addAll(List.of("--data", directory.toString(), "--port", "0", "--management-port", "0"));
        return command;
    }

    private static Target target(Path directory, Path ready, Process process) throws IOException {
        var address = Files.readAllLines(ready).stream()
                .filter(line -> line.startsWith("address="))
                .map(line -> URI.create(line.substring("address=".length())))
                .findFirst()
                .orElseThrow(() -> new LoadFailed("kv-proxy tells no address"));
        return Target.at(address, "triport", KEY_ID, directory.resolve("secret"), Optional.of(process.toHandle()));
    }
}
