package io.triport.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The test of an adapter that the page of the storage test kit shows, as its reader would run it. */
final class StorageTestKitTest {
    private static final String NAME = "AcmeKeyValueStoreTest";
    private static final Pattern CASE = Pattern.compile("KV-\\d\\d .*");

    /** Ours has no such adapter. */
    private static final Path ROW = Path.of("target", "kv-matrix", "acme.txt");

    @TempDir
    private Path directory;

    @AfterEach
    void forget() throws IOException {
        Files.deleteIfExists(ROW);
    }

    @Test
    void it_fails_without_a_row_says_which_it_saw_and_passes_with_that_one() throws Exception {
        compile(Page.read("docs/storage-test-kit.md").blocks().stream()
                .filter(block -> block.is("java", "kit"))
                .findFirst()
                .orElseThrow()
                .text());

        var first = run();
        assertThat(first.getTestsFoundCount()).isGreaterThan(50);
        assertThat(first.getTestsSucceededCount()).isEqualTo(first.getTestsFoundCount());
        assertThat(first.getFailures()).hasSize(1);
        var seen = Objects.requireNonNull(
                first.getFailures().getFirst().getException().getMessage());
        assertThat(seen).contains("kv-matrix/acme.txt", "(no such resource)", "KV-15 NOT-CLAIMED");

        var row = seen.substring(0, seen.indexOf("expected:"))
                .lines()
                .filter(CASE.asMatchPredicate())
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(
                Files.createDirectories(directory.resolve("kv-matrix")).resolve("acme.txt"), row);
        assertThat(run().getTotalFailureCount()).isZero();
        assertThat(ROW).exists();
    }

    private TestExecutionSummary run() throws Exception {
        var before = Thread.currentThread().getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(loader.loadClass(NAME)))
                    .build();
            var listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            return listener.getSummary();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private void compile(String program) throws IOException {
        var source = Files.writeString(directory.resolve(NAME + ".java"), program);
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options =
                    List.of("-d", directory.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .isTrue();
        }
    }
}
