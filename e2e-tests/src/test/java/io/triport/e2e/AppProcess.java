package io.triport.e2e;

import io.triport.e2e.kv.Within;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An app in a process of its own, on ports of the system's choice, with all it writes in one file. */
public final class AppProcess implements AutoCloseable {
    private static final long LONGEST_STOP_SECONDS = 120;
    private static final Duration LONGEST_PAGE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;
    private final Path ready;
    private final Secrets secrets;

    private AppProcess(Process process, Path output, Path ready, Secrets secrets) {
        this.process = process;
        this.output = output;
        this.ready = ready;
        this.secrets = secrets;
    }

    /**
     * What runs where.
     *
     * @param before words before those that start it
     * @param data its directory as the process calls it
     * @param seen the same directory as this process calls it
     * @param output where all it writes goes
     * @param code beside its own
     */
    public record Run(
            String name, Class<?> main, List<String> before, Path data, Path seen, Path output, List<Path> code) {
        /** With its data and its output in one directory. */
        public static Run in(Path directory, String name, Class<?> main, String output) {
            var data = directory.resolve("data");
            return new Run(name, main, List.of(), data, data, directory.resolve(output), List.of());
        }

        /** With classes beside its own. */
        public Run with(Path classes) {
            return new Run(name, main, before, data, seen, output, List.of(classes));
        }

        /** With other words before those that start it. */
        Run behind(List<String> words) {
            return new Run(name, main, words, data, seen, output, code);
        }

        /** With a clock that is ahead, or an aborted test where none can be made. */
        public Run ahead(Duration by) {
            return behind(SetClock.ahead(by));
        }

        /** With its data on a disk of its own. */
        public Run on(SmallDisk disk) {
            return new Run(name, main, disk.inside(), disk.data(), disk.outside(disk.data()), output, code);
        }
    }

    /** Does not wait for it. */
    public static AppProcess launch(Run run, Map<String, String> environment, List<String> arguments) {
        try {
            Files.createDirectories(run.seen());
            var ready = run.seen().resolve("run").resolve(run.name() + ".ready");
            Files.deleteIfExists(ready);
            var command = new ArrayList<>(run.before());
            command.addAll(program(run.main(), run.code()));
            command.addAll(List.of("--data", run.data().toString(), "--port", "0", "--management-port", "0"));
            command.addAll(arguments);
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(run.output().toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new AppProcess(builder.start(), run.output(), ready, Secrets.of(environment, run.seen()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words that start it: its jar with the libraries beside it, or its classes where no jar was built. */
    public static List<String> program(Class<?> main) {
        return program(main, List.of());
    }

    /** The same with classes beside its own. */
    public static List<String> program(Class<?> main, List<Path> code) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        try {
            var place = Path.of(
                    main.getProtectionDomain().getCodeSource().getLocation().toURI());
            var packed = Files.isRegularFile(place) && namesItsLibraries(place);
            if (!code.isEmpty()) {
                var own = packed ? place.toString() : System.getProperty("java.class.path");
                var path = Stream.concat(Stream.of(own), code.stream().map(Path::toString));
                command.addAll(List.of("-cp", path.collect(Collectors.joining(File.pathSeparator)), main.getName()));
            } else if (packed) {
                command.addAll(ClassArchive.options(place, List.copyOf(command)));
                command.addAll(List.of("-jar", place.toString()));
            } else {
                command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
            }
            return command;
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(main + " cannot be found", e);
        }
    }

    private static boolean namesItsLibraries(Path place) throws IOException {
        try (var jar = new JarFile(place.toFile())) {
            var manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue("Class-Path") != null;
        }
    }

    /** Returns when it is ready. */
    public AppProcess awaited() {
        Within.reason("ready: " + output, () -> Files.exists(ready) || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("did not start: " + output());
        }
        return this;
    }

    public URI address() {
        return told("address=");
    }

    public URI management() {
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

    /** A page of its management port, which has to answer with 200. */
    public String page(String path) {
        try {
            var connection = URI.create(management() + path).toURL().openConnection();
            connection.setReadTimeout((int) LONGEST_PAGE.toMillis());
            try (var in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a page of its management port is answered with. */
    public int status(String path) {
        try {
            var connection =
                    (HttpURLConnection) URI.create(management() + path).toURL().openConnection();
            connection.setReadTimeout((int) LONGEST_PAGE.toMillis());
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All it has written until now. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path outputFile() {
        return output;
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        exit();
    }

    /** SIGSTOP: it stands still, with all its connections. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            var sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (sent != 0) {
                throw new AssertionError("kill -" + name + ": " + sent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** SIGTERM, without waiting. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end. @return the exit code */
    public int exit() {
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

    /** Whatever a test was about: no line that a process wrote may have a secret that it was given. */
    @Override
    public void close() {
        kill();
        secrets.requireNoneIn(output());
    }
}
