package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A script for Node in a process of its own.
 *
 * @param directory in which it runs
 * @param printed where all it writes goes
 */
public record NodeScript(Path directory, Path printed) {
    /** No case depends on it: each has a limit of its own. It only ends what hangs. */
    private static final long HANGS_AFTER_SECONDS = 1500;

    private static final JsonFactory JSON = new JsonFactory();

    public static boolean canRun() {
        return find("node").isPresent();
    }

    /** A program of this machine. */
    public static Optional<String> find(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** @return its exit code */
    public int run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(HANGS_AFTER_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }

    public String output() throws IOException {
        return Files.readString(printed);
    }

    /** What it told of its cases, a line of JSON for each, as tests. */
    public Stream<DynamicTest> cases() throws IOException {
        var cases = Files.readAllLines(printed).stream()
                .filter(line -> line.startsWith("{\"case\""))
                .map(NodeScript::told)
                .toList();
        assertThat(cases).as(output()).isNotEmpty();
        return cases.stream();
    }

    private static DynamicTest told(String line) {
        var fields = fields(line);
        return dynamicTest(
                fields.getOrDefault("case", line),
                () -> assertThat(fields.get("failure")).isNull());
    }

    private static Map<String, String> fields(String line) {
        var fields = new HashMap<String, String>();
        try (var parser = JSON.createParser(line)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, parser.getText());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
        return fields;
    }
}
