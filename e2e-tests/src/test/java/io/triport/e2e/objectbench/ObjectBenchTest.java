package io.triport.e2e.objectbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectBenchTest {
    @TempDir
    private Path directory;

    @Test
    void a_tiny_run_has_a_row_for_each_operation_and_server_and_compares_them() throws IOException {
        var out = new ByteArrayOutputStream();
        var works = EnumSet.of(Work.GET_1K, Work.PUT_1K, Work.GET_1M, Work.PUT_1M, Work.LIST);
        var key = new Endpoint.Key("BENCH", "a secret for the benchmark");

        try (var other = ObjectProgram.start(
                directory.resolve("other"), "other", key, Optional.empty(), List.of(), Ticker.system())) {
            ObjectBench.run(
                    new ObjectOptions(
                            ObjectEffort.TINY,
                            works,
                            Optional.of(directory.resolve("data")),
                            Optional.of(other.endpoint()),
                            Optional.empty(),
                            Optional.empty()),
                    printing(out));
        }

        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        for (var work : works) {
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("| " + work.title() + " | triport |"))
                    .anyMatch(line -> line.startsWith("| " + work.title() + " | other |"))
                    .anyMatch(line -> line.startsWith("| other, " + work.title() + " |"));
        }
    }

    @Test
    void clients_that_stop_and_a_large_object_leave_their_lines() throws IOException {
        var out = new ByteArrayOutputStream();

        ObjectBench.run(
                new ObjectOptions(
                        ObjectEffort.TINY,
                        EnumSet.noneOf(Work.class),
                        Optional.of(directory),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(MemoryBench.Sizes.TINY)),
                printing(out));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.startsWith("3 clients stopped within a GET of 4 MiB"))
                .anyMatch(line -> line.startsWith("all of them went on to their last byte"))
                .anyMatch(line -> line.startsWith("PUT of 4 MiB through one proxy to another"))
                .anyMatch(line -> line.startsWith("GET of 4 MiB through one proxy to another"));
    }

    @Test
    void words_that_make_no_sense_are_refused() {
        var err = new ByteArrayOutputStream();

        var code = ObjectBench.run(List.of("--only", "get-1g"), printing(new ByteArrayOutputStream()), printing(err));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("get-1g").contains("usage: bench object");
    }

    private static PrintStream printing(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
