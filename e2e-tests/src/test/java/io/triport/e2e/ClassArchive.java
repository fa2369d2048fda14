package io.triport.e2e;

import io.triport.e2e.kv.Within;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The classes of an app as a JVM has read and linked them once. A start takes two fifths of the processor time with it, and tests
 * start apps hundreds of times. One that does not fit the JVM or the jars is passed over by the JVM.
 */
final class ClassArchive {
    private static final Path FOLDER = Path.of("target", "class-archives").toAbsolutePath();
    private static final long LONGEST_WRITE_SECONDS = 120;
    /** What a gateway needs to start; the others know nothing of it. */
    private static final Map<String, String> ENVIRONMENT = Map.of("ROUTES", "/nowhere=http://127.0.0.1:9");

    private static final Map<Path, List<String>> OPTIONS = new HashMap<>();

    private ClassArchive() {}

    /** The options that start the app of the jar with its archive, which is made the first time. @param java the words before */
    static List<String> options(Path jar, List<String> java) {
        synchronized (OPTIONS) {
            return OPTIONS.computeIfAbsent(jar, absent -> {
                try {
                    var archive = madeOnce(jar, java);
                    return List.of("-XX:AOTCache=" + archive, "-Xlog:cds*=off", "-Xlog:aot*=off");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Tests run in more than one process, of which one makes it and the others wait. */
    private static Path madeOnce(Path jar, List<String> java) throws IOException {
        Files.createDirectories(FOLDER);
        var name = jar.getFileName().toString();
        var archive = FOLDER.resolve(name + ".aot");
        try (var lock =
                FileChannel.open(FOLDER.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (!Files.exists(archive)
                    || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                make(jar, java, archive);
            }
        }
        return archive;
    }

    private static void make(Path jar, List<String> java, Path archive) throws IOException {
        var data = Files.createTempDirectory(FOLDER, "data");
        var output = FOLDER.resolve(archive.getFileName() + ".log");
        var unfinished = FOLDER.resolve(archive.getFileName() + ".new");
        var command = new ArrayList<>(java);
        command.addAll(List.of("-XX:AOTCacheOutput=" + unfinished, "-jar", jar.toString()));
        command.addAll(List.of("--data", data.toString(), "--port", "0", "--management-port", "0", "--dev"));
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        var process = builder.start();
        try {
            Within.reason("ready: " + output, () -> isReady(data) || !process.isAlive());
            process.destroy();
            if (!process.waitFor(LONGEST_WRITE_SECONDS, TimeUnit.SECONDS) || !Files.exists(unfinished)) {
                throw new AssertionError("no archive of " + jar + ": " + Files.readString(output));
            }
            Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            process.destroyForcibly();
            remove(data);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private static boolean isReady(Path data) {
        try (var files = Files.newDirectoryStream(Files.createDirectories(data.resolve("run")), "*.ready")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
