package io.triport.e2e.bench;

import io.triport.domain.time.Ticker;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** An app as its users run it: a process of its own, a configuration file, all its log lines in a file. */
public final class AppProgram implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    /** One that is trained writes its cache when it stops, which takes as long as the machine is busy. */
    private static final Duration LONGEST_STOP = Duration.ofMinutes(4);

    private static final Duration GLANCE = Duration.ofMillis(100);

    private final String name;
    private final Process process;
    private final Path log;
    private final URI address;

    private AppProgram(String name, Process process, Path log, URI address) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.address = address;
    }

    /**
     * What to run.
     *
     * @param name the app's, such as {@code kv-proxy}
     * @param main its main class
     * @param config its configuration file
     * @param data the directory of its data, ready file and log
     * @param environment all of it
     */
    public record App(String name, Class<?> main, Path config, Path data, Map<String, String> environment) {
        /** Its own jar, when it is built with what it needs beside it; a cache of its classes needs that form. */
        Optional<Path> jar() {
            try {
                var place = Path.of(
                        main.getProtectionDomain().getCodeSource().getLocation().toURI());
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
                throw new LoadFailed(name + " cannot be found", e);
            }
        }

        private List<String> command(List<String> jvmFlags) {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            jvmOptions().forEach(file -> command.add("@" + file));
            command.addAll(jvmFlags);
            jar().ifPresentOrElse(
                            jar -> command.addAll(List.of("-jar", jar.toString())),
                            () -> command.addAll(
                                    List.of("-cp", System.getProperty("java.class.path"), main.getName())));
            command.addAll(List.of("--config", config.toString(), "--data", data.toString()));
            command.addAll(List.of("--port", "0", "--management-port", "0"));
            return command;
        }

        /** What the launcher starts it with. */
        private List<Path> jvmOptions() {
            var build = Path.of(System.getProperty("triport.root"), "build").toAbsolutePath();
            return Stream.of("jvm.options", name + "-jvm.options")
                    .map(build::resolve)
                    .filter(Files::exists)
                    .toList();
        }
    }

    /** Returns when it is ready. */
    public static AppProgram start(App app, List<String> jvmFlags, Ticker ticker) {
        try {
            var run = Files.createDirectories(app.data().resolve("run"));
            var log = app.data().resolve("log");
            try (var watch = FileSystems.getDefault().newWatchService()) {
                run.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                var builder = new ProcessBuilder(app.command(jvmFlags))
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(log.toFile()));
                builder.environment().clear();
                builder.environment().put("MALLOC_ARENA_MAX", "2");
                builder.environment().putAll(app.environment());
                var process = builder.start();
                var ready = run.resolve(app.name() + ".ready");
                var deadline = ticker.nanos() + LONGEST_START.toNanos();
                while (!Files.exists(ready)) {
                    if (!process.isAlive() || ticker.nanos() - deadline > 0) {
                        process.destroyForcibly();
                        throw new LoadFailed(app.name() + " did not start: " + Files.readString(log));
                    }
                    var event = watch.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                    if (event != null) {
                        event.reset();
                    }
                }
                return new AppProgram(app.name(), process, log, address(app, ready));
            }
        } catch (IOException e) {
            throw new LoadFailed(app.name() + " did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted", e);
        }
    }

    public URI address() {
        return address;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Lets its log begin anew, so that a long run does not fill the disk. */
    public void emptyLog() {
        try (var file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(0);
        } catch (IOException e) {
            throw new LoadFailed("log", e);
        }
    }

    /** Stops it as an operator does. */
    public void stop() {
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
                throw new LoadFailed(name + " did not stop within " + LONGEST_STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted", e);
        }
    }

    private static URI address(App app, Path ready) throws IOException {
        return Files.readAllLines(ready).stream()
                .filter(line -> line.startsWith("address="))
                .map(line -> URI.create(line.substring("address=".length())))
                .findFirst()
                .orElseThrow(() -> new LoadFailed(app.name() + " tells no address"));
    }
}
