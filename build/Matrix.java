import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Prints which adapter passes which case of the storage contract, from what the contract tests have left in their modules. Every
 * cell says something: a case that an adapter does not claim has the ability that it lacks, and one that is not part of the contract
 * tests has its line in {@code matrix-notes.txt}. Ends with 1 when a cell says nothing, or a case has failed.
 */
final class Matrix {
    private static final Map<String, String> PORTS = ports();

    private final Map<String, SequencedMap<String, Map<String, String>>> rows = new TreeMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** Why cells of a case have no result of a contract. @param adapter a name, or * for those without a note of their own */
    private record Note(String ofCase, String adapter, String text) {}

    public static void main(String[] arguments) throws IOException {
        var root = Path.of(arguments[0]);
        var matrix = new Matrix();
        matrix.read(root);
        if (matrix.rows.isEmpty()) {
            System.out.println("No matrix: no contract test has run");
            System.exit(1);
        }
        PORTS.forEach(matrix::print);
        matrix.wrong.forEach(System.out::println);
        System.exit(matrix.wrong.isEmpty() ? 0 : 1);
    }

    private static Map<String, String> ports() {
        var ports = new LinkedHashMap<String, String>();
        ports.put("kv", "KV");
        ports.put("sql", "SQL");
        ports.put("object", "OBJ");
        ports.put("queue", "Q");
        ports.put("do", "DO");
        ports.put("cache", "C");
        ports.put("vector", "V");
        ports.put("ai", "AI");
        return ports;
    }

    private void read(Path root) throws IOException {
        for (var line : Files.readAllLines(root.resolve("build/matrix-notes.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                var words = line.split(" +", 3);
                notes.add(new Note(words[0], words[1], words[2]));
            }
        }
        for (var port : PORTS.keySet()) {
            var ofPort = new TreeMap<String, Map<String, String>>();
            try (var modules = Files.newDirectoryStream(root)) {
                for (var module : modules) {
                    var folder = module.resolve("target").resolve(port + "-matrix");
                    if (Files.isDirectory(folder)) {
                        read(folder, ofPort);
                    }
                }
            }
            if (!ofPort.isEmpty()) {
                rows.put(port, ofPort);
            }
        }
    }

    private static void read(Path folder, Map<String, Map<String, String>> rows) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.txt")) {
            for (var file : files) {
                var cells = new TreeMap<String, String>();
                for (var line : Files.readAllLines(file)) {
                    var space = line.indexOf(' ');
                    cells.put(line.substring(0, space), line.substring(space + 1));
                }
                var name = file.getFileName().toString();
                rows.put(name.substring(0, name.length() - ".txt".length()), cells);
            }
        }
    }

    private void print(String port, String prefix) {
        var ofPort = rows.get(port);
        if (ofPort == null) {
            return;
        }
        var cases = new TreeSet<String>();
        ofPort.values().forEach(cells -> cases.addAll(cells.keySet()));
        notes.stream().map(Note::ofCase).filter(name -> name.startsWith(prefix + "-")).forEach(cases::add);
        var width = ofPort.keySet().stream().mapToInt(String::length).max().orElse(0);
        System.out.println();
        System.out.println(" ".repeat(width + 1)
                + cases.stream().map(name -> name.substring(prefix.length() + 1)).map(Matrix::column).collect(Collectors.joining()));
        var reasons = new TreeMap<String, Map<String, List<String>>>();
        ofPort.forEach((adapter, cells) -> {
            var line = new StringBuilder(adapter).append(" ".repeat(width + 1 - adapter.length()));
            for (var each : cases) {
                var mark = mark(adapter, each, cells.get(each), reasons);
                line.append(column(mark, each.length() - prefix.length() - 1));
            }
            System.out.println(line);
        });
        System.out.println(prefix + ": + passes, ~ passes but for what is said below, n not claimed, e tested elsewhere, F fails");
        reasons.forEach((reason, where) -> System.out.println("  " + reason + ": "
                + where.entrySet().stream()
                        .map(each -> each.getKey() + " (" + String.join(" ", each.getValue()) + ")")
                        .collect(Collectors.joining(", "))));
    }

    private String mark(String adapter, String ofCase, String cell, Map<String, Map<String, List<String>>> reasons) {
        if (cell == null) {
            var note = notes.stream()
                    .filter(each -> each.ofCase().equals(ofCase) && each.adapter().equals(adapter))
                    .findFirst()
                    .or(() -> notes.stream()
                            .filter(each -> each.ofCase().equals(ofCase) && each.adapter().equals("*"))
                            .findFirst());
            if (note.isEmpty()) {
                wrong.add(ofCase + " of " + adapter + ": no result, and no note in build/matrix-notes.txt");
                return "?";
            }
            note(reasons, note.get().text(), adapter, ofCase);
            return note.get().text().startsWith("tested by ") ? "e" : "n";
        }
        var tab = cell.indexOf('\t');
        var result = tab < 0 ? cell : cell.substring(0, tab);
        var lacking = tab < 0 ? "" : cell.substring(tab + 1);
        if (result.equals("PASS")) {
            return "+";
        }
        if (result.equals("FAIL")) {
            wrong.add(ofCase + " of " + adapter + ": failed");
            return "F";
        }
        if (lacking.isBlank()) {
            wrong.add(ofCase + " of " + adapter + ": not claimed, and nobody says why");
        }
        note(reasons, "lacks " + lacking.toLowerCase(Locale.ROOT).replace('_', ' '), adapter, ofCase);
        return result.startsWith("PASS") ? "~" : "n";
    }

    private static void note(
            Map<String, Map<String, List<String>>> reasons, String reason, String adapter, String ofCase) {
        reasons.computeIfAbsent(reason, any -> new TreeMap<>())
                .computeIfAbsent(adapter, any -> new ArrayList<>())
                .add(ofCase.substring(ofCase.indexOf('-') + 1));
    }

    private static String column(String text) {
        return column(text, text.length());
    }

    private static String column(String text, int width) {
        return " " + " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
