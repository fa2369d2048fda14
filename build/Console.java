import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Builds the manager's console with the Node of this machine and lays it beside the classes, where the jar takes it from.
 * Nothing runs while no source has changed. Without Node the manager is built without a console, and a line says so.
 *
 * <p>Arguments: the folder of the sources, the folder for the state, the folder for the result.
 */
final class Console {
    private static final int OLDEST_MAJOR = 20;
    private static final int OLDEST_MINOR = 19;
    private static final long LONGEST_MINUTES = 4;

    private final Path sources;
    private final Path state;
    private final Path result;

    private Console(Path sources, Path state, Path result) {
        this.sources = sources;
        this.state = state;
        this.result = result;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Console(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2])).build();
    }

    private void build() throws IOException, InterruptedException {
        var wanted = digest(sources);
        var built = state.resolve("dist");
        var stamp = state.resolve("built.sha256");
        if (!Files.exists(built.resolve("index.html")) || !holds(stamp, wanted)) {
            var missing = missing();
            if (!missing.isEmpty()) {
                System.out.println("The manager is built without its console: " + missing + ".");
                return;
            }
            install();
            run("npm", "run", "--silent", "build", "--", "--outDir", built.toAbsolutePath().toString());
            Files.writeString(stamp, wanted);
        }
        lay(built);
    }

    /** The packages of the lock, once per lock. */
    private void install() throws IOException, InterruptedException {
        Files.createDirectories(state);
        var stamp = state.resolve("packages.sha256");
        var wanted = sha256(Files.readAllBytes(sources.resolve("package-lock.json")));
        if (!Files.isDirectory(sources.resolve("node_modules")) || !holds(stamp, wanted)) {
            run("npm", "ci", "--ignore-scripts");
            Files.writeString(stamp, wanted);
        }
    }

    /** Replaces what lies there, so that no file of an earlier build stays. */
    private void lay(Path built) throws IOException {
        var stamp = state.resolve("laid.sha256");
        var wanted = digest(built);
        if (Files.isDirectory(result) && holds(stamp, wanted)) {
            return;
        }
        if (Files.exists(result)) {
            try (var old = Files.walk(result)) {
                old.sorted((one, other) -> other.compareTo(one)).forEach(Console::delete);
            }
        }
        var list = new StringBuilder();
        for (var file : files(built)) {
            var name = built.relativize(file).toString().replace('\\', '/');
            var target = result.resolve(name);
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            list.append(name).append('\n');
        }
        // The classes inside a jar cannot list what lies beside them.
        Files.writeString(result.resolve("files.txt"), list);
        Files.writeString(stamp, wanted);
    }

    private static String missing() throws InterruptedException {
        try {
            var node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
            var version = new String(node.getInputStream().readAllBytes()).strip();
            var parts = version.replaceFirst("^v", "").split("[.]");
            if (node.waitFor() != 0
                    || Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1])
                            < OLDEST_MAJOR * 1000 + OLDEST_MINOR) {
                return "Node is " + version + " (expected: " + OLDEST_MAJOR + "." + OLDEST_MINOR + " or newer)";
            }
            new ProcessBuilder("npm", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return "";
        } catch (IOException e) {
            return "no Node with npm was found";
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        var output = state.resolve("console.log");
        var process = new ProcessBuilder(List.of(command))
                .directory(sources.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0) {
            System.err.println(Files.readString(output));
            throw new IOException(String.join(" ", command) + " failed (-Dno-ui builds the manager without its console)");
        }
    }

    private static boolean holds(Path stamp, String wanted) throws IOException {
        return Files.exists(stamp) && Files.readString(stamp).equals(wanted);
    }

    /** Of names and bytes; what npm and tests leave beside the sources does not count. */
    private static String digest(Path folder) throws IOException {
        var text = new StringBuilder();
        for (var file : files(folder)) {
            text.append(folder.relativize(file)).append(' ').append(sha256(Files.readAllBytes(file))).append('\n');
        }
        return sha256(text.toString().getBytes());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !List.of("node_modules", "dist").contains(entry.getFileName().toString()))
                    .flatMap(Console::within)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> within(Path entry) {
        try {
            return Files.walk(entry).filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
