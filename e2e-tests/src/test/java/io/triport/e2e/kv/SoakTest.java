package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.SettableTicker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Each run takes a minute here. */
final class SoakTest {
    private final SettableTicker ticker = new SettableTicker();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void runs_begin_until_the_time_is_over_each_with_the_next_seed() {
        var code = soak(seed -> "seed " + seed + ": fine", "--minutes", "3", "--seed", "7");

        assertThat(code).isZero();
        assertThat(lines(out)).containsExactly("seed 7: fine", "seed 8: fine", "seed 9: fine", "3 runs, 0 violations");
    }

    @Test
    void a_violation_does_not_end_it_and_is_its_result() {
        var code = soak(
                seed -> {
                    if (seed == 2) {
                        throw new AssertionError("lost: 5");
                    }
                    return "seed " + seed + ": fine";
                },
                "--minutes",
                "3");

        assertThat(code).isEqualTo(1);
        assertThat(lines(out))
                .contains("seed 1: fine", "seed 2: VIOLATED", "seed 3: fine", "3 runs, 1 violations")
                .anyMatch(line -> line.contains("lost: 5"));
    }

    @Test
    void what_is_not_installed_and_what_makes_no_sense_is_told() {
        assertThat(soak(seed -> {
                    throw new TestAbortedException("no server");
                }))
                .isEqualTo(69);
        assertThat(lines(err)).containsExactly("soak: no server");
        for (var words : List.of(List.of("--minutes"), List.of("--minutes", "x"), List.of("--hours", "1"))) {
            err.reset();
            assertThat(soak(seed -> "", words.toArray(String[]::new))).isEqualTo(2);
            assertThat(lines(err).getFirst()).startsWith("usage: soak");
        }
    }

    private int soak(Soak.Run run, String... words) {
        var soak = new Soak(printing(out), printing(err), ticker, seed -> {
            ticker.advance(Duration.ofMinutes(1));
            return run.of(seed);
        });
        return soak.run(List.of(words));
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
