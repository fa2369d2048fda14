package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.triport.e2e.AppProcess;
import io.triport.manager.Application;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The console in a browser: its screens in both themes and both sizes, and what people do with them. */
final class ConsoleTest {
    private static final Path SOURCES = Path.of("..", "manager-app", "src", "main", "ui");
    private static final Path PICTURES = Path.of("target", "console");
    /** A case has a server of its own that is told of what happens. */
    private static final String SETTINGS =
            "triport: {manager: {webhooks: {allowed-addresses: [127.0.0.0/8]}, vectors: {enabled: true}}}";

    /** No case depends on it: each has a limit of its own. It only ends a browser that hangs. */
    private static final long HANGS_AFTER_SECONDS = 1500;

    private static final JsonFactory JSON = new JsonFactory();

    @TempDir
    Path directory;

    @Test
    void its_parts_do_what_they_should() throws Exception {
        assumeNode();

        var vitest = SOURCES.resolve("node_modules/vitest/vitest.mjs").toRealPath();
        assertThat(run(List.of("node", vitest.toString(), "run"), directory.resolve("vitest")))
                .as(Files.readString(directory.resolve("vitest")))
                .isZero();
    }

    @TestFactory
    Stream<DynamicTest> it_works_in_a_browser() throws Exception {
        assumeNode();
        var browser = browser();
        assumeTrue(browser.isPresent(), "no Chromium was found (Debian: apt install chromium)");

        var printed = directory.resolve("cases");
        var settings = Files.writeString(directory.resolve("triport.yaml"), SETTINGS);
        try (var manager = AppProcess.launch(
                        AppProcess.Run.in(directory, "manager", Application.class, "manager.out"),
                        Map.of(),
                        List.of("--dev", "--config", settings.toString()))
                .awaited()) {
            var command = List.of(
                    "node",
                    "browser/run.mjs",
                    manager.address().toString(),
                    browser.get(),
                    PICTURES.toAbsolutePath().toString());
            assertThat(run(command, printed))
                    .as(Files.readString(printed) + manager.output())
                    .isZero();
        }
        return Files.readAllLines(printed).stream().map(ConsoleTest::told);
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

    private static void assumeNode() {
        assumeTrue(find("node").isPresent(), "no Node was found (20.19 or newer, https://nodejs.org)");
        assumeTrue(
                Application.class.getResource("ui/static/index.html") != null,
                "the manager was built without its console");
    }

    private static Optional<String> browser() {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> find(name).stream())
                .findFirst();
    }

    private static Optional<String> find(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static int run(List<String> command, Path output) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .directory(SOURCES.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        var process = builder.start();
        if (!process.waitFor(HANGS_AFTER_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }
}
