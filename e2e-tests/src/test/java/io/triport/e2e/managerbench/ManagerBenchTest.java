package io.triport.e2e.managerbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManagerBenchTest {
    @TempDir
    private Path directory;

    @Test
    void a_small_run_has_a_row_for_each_thing_that_is_measured() throws IOException {
        var out = new ByteArrayOutputStream();

        ManagerBench.run(10_000, directory, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
                .anyMatch(line -> line.startsWith("| bulk writes of 10 000 keys"))
                .anyMatch(line -> line.startsWith("| literal search selective, 1 found |"))
                .anyMatch(line -> line.startsWith("| literal search that finds nothing, 0 found |"))
                .anyMatch(line -> line.startsWith("| bulk TTL of all keys |"))
                .anyMatch(line -> line.startsWith("| export |"))
                .anyMatch(line -> line.startsWith("| import |"));
    }

    @Test
    void words_that_it_does_not_know_are_wrong_usage() {
        var err = new ByteArrayOutputStream();
        var told = new PrintStream(err, true, StandardCharsets.UTF_8);

        for (var words : List.of(List.of("--keys"), List.of("--keys", "9999"), List.of("--fast", "1"))) {
            assertThat(ManagerBench.run(words, told, told)).isEqualTo(2);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage: bench manager");
    }
}
