import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * Formats the Java sources of the repository, or checks that they are formatted. Run by the build, as
 * {@code java build/Format.java apply|check ROOT}.
 *
 * <p>Stands alone because the formatter parses with the javac of the JDK that it runs on, so it cannot run inside a Maven
 * that runs on Java 17. Files that are as they were left last time are known by their hash and not parsed again.
 */
final class Format {
    private static final String FORMATTER = "palantir-java-format 2.103.0 PALANTIR";

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());
    private final boolean apply;
    private final Path root;
    private final Map<String, String> known;
    private final Map<String, String> formatted = new ConcurrentSkipListMap<>();
    private final Map<String, String> complaints = new ConcurrentSkipListMap<>();

    private Format(boolean apply, Path root) throws IOException {
        this.apply = apply;
        this.root = root;
        this.known = readKnown();
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2 || !List.of("apply", "check").contains(arguments[0])) {
            System.err.println("usage: java build/Format.java apply|check ROOT");
            System.exit(2);
        }
        var format = new Format(arguments[0].equals("apply"), Path.of(arguments[1]));
        format.sources().parallelStream().forEach(format::visit);
        format.writeKnown();
        format.complaints.forEach((file, complaint) -> System.err.println(file + ": " + complaint));
        System.exit(format.complaints.isEmpty() ? 0 : 1);
    }

    private List<Path> sources() throws IOException {
        try (var modules = Files.list(root)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(Format::javaFiles)
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try {
            return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void visit(Path file) {
        var name = root.relativize(file).toString().replace('\\', '/');
        try {
            var source = Files.readString(file);
            if (sha256(source).equals(known.get(name))) {
                formatted.put(name, known.get(name));
                return;
            }
            var wanted = formatter.formatSourceAndFixImports(source);
            if (!wanted.equals(source)) {
                if (!apply) {
                    complaints.put(name, "is not formatted; run the build without CI set, and commit what it changes");
                    return;
                }
                replace(file, wanted);
            }
            formatted.put(name, sha256(wanted));
        } catch (FormatterException e) {
            complaints.put(name, e.getMessage() + " (if javac takes it: the formatter reads neither a bare _ inside a"
                    + " record pattern, where \"var _\" does, nor \"import module\")");
        } catch (IOException e) {
            complaints.put(name, e.toString());
        }
    }

    /** By rename, so that a build which is stopped here leaves no half file. */
    private static void replace(Path file, String text) throws IOException {
        var fresh = Files.createTempFile(file.getParent(), ".format", null);
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path knownFile() {
        return root.resolve("target").resolve("formatted.txt");
    }

    private Map<String, String> readKnown() throws IOException {
        var lines = Files.exists(knownFile()) ? Files.readAllLines(knownFile()) : List.<String>of();
        var read = new TreeMap<String, String>();
        if (lines.isEmpty() || !lines.getFirst().equals(FORMATTER)) {
            return read;
        }
        for (var line : lines.subList(1, lines.size())) {
            read.put(line.substring(65), line.substring(0, 64));
        }
        return read;
    }

    private void writeKnown() throws IOException {
        var text = new StringBuilder(FORMATTER).append('\n');
        formatted.forEach((name, hash) -> text.append(hash).append(' ').append(name).append('\n'));
        Files.createDirectories(knownFile().getParent());
        Files.writeString(knownFile(), text);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
