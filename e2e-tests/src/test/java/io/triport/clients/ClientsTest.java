package io.triport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triport.e2e.AppProcess;
import io.triport.e2e.NodeScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Cloudflare's package, drizzle, OpenAI's and Amazon's, as they come from their makers, against a manager and an object proxy. */
final class ClientsTest {
    private static final Path SOURCES = Path.of("src", "test", "clients");
    private static final String TOKEN = "a-token-of-thirty-two-characters-at-least";
    private static final String SETTINGS = """
        triport:
          manager:
            vectors: {enabled: true}
            object-proxy: {session-token-key: "${env:SESSION_TOKEN_KEY}", parents: [dev]}
            models:
              "@test/echo": {task: text-generation, adapter: echo}
              "@test/hash": {task: text-embeddings, adapter: hash, dimensions: 8}
        """;

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> clients_that_nobody_changed_work() throws Exception {
        assumeTrue(NodeScript.canRun(), "no Node was found (20.19 or newer, https://nodejs.org)");
        assumeTrue(
                Files.isDirectory(SOURCES.resolve("node_modules")),
                "the clients are not installed (npm ci --ignore-scripts in e2e-tests/src/test/clients)");

        var cases = new NodeScript(SOURCES, directory.resolve("cases"));
        var settings = Files.writeString(directory.resolve("triport.yaml"), SETTINGS);
        try (var objects = AppProcess.launch(
                                AppProcess.Run.in(
                                        Files.createDirectories(directory.resolve("objects")),
                                        "object-proxy",
                                        io.triport.objects.Application.class,
                                        "objects.out"),
                                Map.of(),
                                List.of("--dev"))
                        .awaited();
                var manager = AppProcess.launch(
                                AppProcess.Run.in(
                                        Files.createDirectories(directory.resolve("manager")),
                                        "manager",
                                        io.triport.manager.Application.class,
                                        "manager.out"),
                                Map.of(
                                        "TRIPORT_API_TOKEN",
                                        TOKEN,
                                        "SESSION_TOKEN_KEY",
                                        secret("object-proxy-sessions")),
                                List.of("--config", settings.toString()))
                        .awaited()) {
            var code = cases.run(
                    Map.of(
                            "MANAGER", manager.address().toString(),
                            "TOKEN", TOKEN,
                            "OBJECTS", objects.address().toString(),
                            "OBJECTS_KEY", "dev",
                            "OBJECTS_SECRET", secret("object-proxy")),
                    "run.mjs");
            assertThat(code).as(cases.output()).isZero();
        }
        return cases.cases();
    }

    /** One that the object proxy made for development. */
    private String secret(String name) throws IOException {
        return Files.readString(directory.resolve("objects/data/dev/" + name + ".secret"))
                .strip();
    }
}
