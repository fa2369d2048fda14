package io.triport.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triport.e2e.AppProcess;
import io.triport.e2e.NodeScript;
import io.triport.manager.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @TempDir
    Path directory;

    @Test
    void its_parts_do_what_they_should() throws Exception {
        assumeNode();
        var tests = new NodeScript(SOURCES, directory.resolve("vitest"));

        var code = tests.run(
                Map.of(),
                SOURCES.resolve("node_modules/vitest/vitest.mjs").toRealPath().toString(),
                "run");

        assertThat(code).as(tests.output()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> it_works_in_a_browser() throws Exception {
        assumeNode();
        var browser = browser();
        assumeTrue(browser.isPresent(), "no Chromium was found (Debian: apt install chromium)");

        var cases = new NodeScript(SOURCES, directory.resolve("cases"));
        var settings = Files.writeString(directory.resolve("triport.yaml"), SETTINGS);
        try (var manager = AppProcess.launch(
                        AppProcess.Run.in(directory, "manager", Application.class, "manager.out"),
                        Map.of(),
                        List.of("--dev", "--config", settings.toString()))
                .awaited()) {
            var code = cases.run(
                    Map.of(),
                    "browser/run.mjs",
                    manager.address().toString(),
                    browser.get(),
                    PICTURES.toAbsolutePath().toString());
            assertThat(code).as(cases.output() + manager.output()).isZero();
        }
        return cases.cases();
    }

    private static void assumeNode() {
        assumeTrue(NodeScript.canRun(), "no Node was found (20.19 or newer, https://nodejs.org)");
        assumeTrue(
                Application.class.getResource("ui/static/index.html") != null,
                "the manager was built without its console");
    }

    private static Optional<String> browser() {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> NodeScript.find(name).stream())
                .findFirst();
    }
}
