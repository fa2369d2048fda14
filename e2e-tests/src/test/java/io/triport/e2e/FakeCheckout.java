package io.triport.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real launcher in a checkout in which Maven, JDKs and the app are small scripts. */
final class FakeCheckout {
    private static final Path LAUNCHER = Path.of(System.getProperty("triport.root"), "triport");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final List<String> TOOLS = List.of(
            "awk",
            "cat",
            "cksum",
            "curl",
            "cut",
            "dirname",
            "find",
            "grep",
            "head",
            "ls",
            "mkdir",
            "mv",
            "openssl",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sleep",
            "tail",
            "touch",
            "tr",
            "true");

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    FakeCheckout(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(root());
            Files.copy(LAUNCHER, root().resolve("triport"));
            borrow(TOOLS);
            executable("bin/id", "echo 1000");
            source("domain/src/main/java/Grant.java");
            source("build/jvm.options");
            Files.createDirectories(folder.resolve("home"));
            Files.createDirectories(folder.resolve("jvm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("PATH", folder.resolve("bin").toString());
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("TRIPORT_JVM_DIR", folder.resolve("jvm").toString());
    }

    Path root() {
        return folder.resolve("root");
    }

    FakeCheckout with(String variable, Path value) {
        return with(variable, value.toString());
    }

    FakeCheckout with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A JDK by its place below the folder; its java says where it is and what it was given, and ends with the code. */
    Path jdk(String place, String version, int code) {
        return jdk(place, version, "echo \"$0 $*\"; exit " + code);
    }

    Path jdk(String place, String version, String java) {
        executable(place + "/bin/java", java);
        executable(place + "/bin/javac", "exit 1");
        write(place + "/release", "JAVA_VERSION=\"" + version + "\"\n");
        return folder.resolve(place);
    }

    /** A Maven that notes that it ran and leaves an app, and whatever else the script does. */
    void maven(String version, String script) {
        executable("bin/mvn", """
            if [ "$1" = -v ]; then echo "Apache Maven %s"; exit 0; fi
            echo "$*" >>"%s"
            for app in kv-proxy object-proxy manager gateway; do
                mkdir -p $app-app/target/lib
                echo app >$app-app/target/$app-app-0.1.0.jar
                echo domain >$app-app/target/lib/domain-0.1.0.jar
            done
            %s
            """.formatted(version, folder.resolve("builds"), script));
    }

    List<String> builds() {
        var builds = folder.resolve("builds");
        try {
            return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that lies there since long before any build. */
    Path source(String name) {
        try {
            var file = write("root/" + name, "class\n");
            var path = root();
            for (var part : Path.of(name)) {
                path = path.resolve(part);
                Files.setLastModifiedTime(path, FileTime.from(LONG_AGO));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the launcher to its end. */
    Outcome triport(String... words) {
        try {
            var process = start(words);
            process.getOutputStream().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: triport " + String.join(" ", words));
            }
            return new Outcome(process.exitValue(), read("out"), read("err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts the launcher; what it says goes to files that {@link #read} reads. */
    Process start(String... words) throws IOException {
        var line = new ArrayList<>(List.of("/bin/sh", root().resolve("triport").toString()));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.directory(folder.resolve("home").toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void executable(String name, String script) {
        try {
            var file = write(name, "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tools of the machine without the Java and the Maven that lie beside them. */
    private void borrow(List<String> tools) {
        for (var tool : tools) {
            Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .ifPresent(real -> executable("bin/" + tool, "exec " + real + " \"$@\""));
        }
    }

    /** How a run of the launcher ended. */
    record Outcome(int code, String out, String err) {}
}
