import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Compares what the modules resolved with the committed list, or writes that list. Run by the build, as
 * {@code java build/DependencyLock.java check|update ROOT}.
 *
 * <p>A line of the list is an artifact, the SHA-256 of its file, and the modules that use it, each with the scope.
 */
final class DependencyLock {
    private static final Pattern LISTED = Pattern.compile(
            "\\s+(?<artifact>[^:\\s]+(:[^:\\s]+){3,4}):(?<scope>[a-z]+):(?<file>\\S.*?\\.[a-z]+)( \\(optional\\))?( -- module.*)?");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String HEAD = """
            # What the build resolves: artifact, SHA-256 of its file, modules with scope. The build compares; to accept a
            # change: mvn verify -DskipTests -Ddependency.lock=update
            """;

    private final Path root;

    private DependencyLock(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2 || !List.of("check", "update").contains(arguments[0])) {
            System.err.println("usage: java build/DependencyLock.java check|update ROOT");
            System.exit(2);
        }
        var lock = new DependencyLock(Path.of(arguments[1]));
        var resolved = lock.resolved();
        var file = lock.root.resolve("build").resolve("dependencies.lock");
        if (arguments[0].equals("update")) {
            Files.writeString(file, HEAD + String.join("\n", resolved) + "\n");
            return;
        }
        var locked = new TreeSet<>(Files.readAllLines(file));
        locked.removeIf(line -> line.startsWith("#"));
        var differences = new ArrayList<String>();
        locked.stream().filter(line -> !resolved.contains(line)).forEach(line -> differences.add("- " + line));
        resolved.stream().filter(line -> !locked.contains(line)).forEach(line -> differences.add("+ " + line));
        if (!differences.isEmpty()) {
            System.err.println("Dependencies differ from build/dependencies.lock (- locked, + resolved):");
            differences.forEach(System.err::println);
            System.err.println("To accept them: mvn verify -DskipTests -Ddependency.lock=update");
            System.exit(1);
        }
    }

    private TreeSet<String> resolved() throws IOException {
        var files = new TreeMap<String, Path>();
        var users = new TreeMap<String, List<String>>();
        for (var module : modules()) {
            for (var line : Files.readAllLines(root.resolve(module).resolve("target/dependencies.txt"))) {
                var listed = LISTED.matcher(COLOUR.matcher(line).replaceAll(""));
                if (listed.matches()) {
                    files.put(listed.group("artifact"), Path.of(listed.group("file")));
                    users.computeIfAbsent(listed.group("artifact"), artifact -> new ArrayList<>())
                            .add(module + ":" + listed.group("scope"));
                } else if (line.contains(":jar:")) {
                    throw new IllegalStateException("not understood: " + line);
                }
            }
        }
        var lines = new TreeSet<String>();
        for (Map.Entry<String, Path> entry : files.entrySet()) {
            lines.add(entry.getKey() + " " + sha256(entry.getValue()) + " " + String.join(" ", users.get(entry.getKey())));
        }
        return lines;
    }

    private List<String> modules() throws IOException {
        try (var folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
