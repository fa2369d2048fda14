package io.triport.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KvBenchTest {
    @TempDir
    private Path directory;

    @Test
    void a_tiny_run_has_a_row_for_each_operation_and_load() throws IOException {
        var out = new ByteArrayOutputStream();

        KvBench.run(
                new BenchOptions(Effort.TINY, Optional.of(directory), Optional.empty()),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("| triport ")))
                .map(row -> row.split(" *\\| *")[2] + " " + row.split(" *\\| *")[3])
                .containsExactly("get 4", "put 4", "list 4", "get half rate", "put half rate", "list half rate");
    }

    @Test
    void words_that_make_no_sense_are_refused() {
        var err = new ByteArrayOutputStream();

        var code = KvBench.run(
                List.of("--peer", "http://127.0.0.1:1"),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("belong together");
    }
}
