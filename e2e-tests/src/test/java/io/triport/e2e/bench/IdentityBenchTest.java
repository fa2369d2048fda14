package io.triport.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.time.Randomness;
import io.triport.testkit.SettableTicker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdentityBenchTest {
    @Test
    void a_tiny_run_has_a_row_for_each_check_and_nothing_is_told_apart_where_no_time_passes() throws Exception {
        var out = new ByteArrayOutputStream();

        new IdentityBench(printing(out), new SettableTicker(), Randomness.system(), 10).run();

        assertThat(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line ->
                                line.startsWith("| a ") || line.startsWith("| the ") || line.startsWith("| for ")))
                .hasSize(3)
                .allMatch(line -> line.endsWith("| 0.0 | 0.0 | 0.00 | 0.00 | no |"));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .endsWith(
                        "| verification | us | aim us |",
                        "|---|---|---|",
                        "| RS256 | 0.00 | 60 |",
                        "| ES256 | 0.00 | 150 |",
                        "| EdDSA | 0.00 | 150 |",
                        "| HS256 | 0.00 | 6 |",
                        "| cache hit | 0.00 | 3 |");
    }

    @Test
    void words_that_make_no_sense_are_refused() {
        var err = new ByteArrayOutputStream();

        var code = IdentityBench.run(List.of("--fast"), printing(new ByteArrayOutputStream()), printing(err));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage: bench identity");
    }

    private static PrintStream printing(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
