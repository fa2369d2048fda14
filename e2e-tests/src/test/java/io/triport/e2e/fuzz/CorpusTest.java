package io.triport.e2e.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bytes that were worth keeping, and their neighbours. */
final class CorpusTest {
    private static final Path INPUTS = Path.of(System.getProperty("triport.root", ".."))
            .resolve("e2e-tests/src/test/resources/io/triport/e2e/fuzz/TargetFuzzTestInputs");
    private static final int NEIGHBOURS = 200;

    @ParameterizedTest
    @EnumSource
    void what_was_kept_breaks_no_rule(FuzzTarget target) {
        assertThat(kept(target))
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(file -> assertThatCode(() -> target.accept(Files.readAllBytes(file)))
                        .as(file.toString())
                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @EnumSource
    void its_neighbours_break_none_either(FuzzTarget target) throws IOException {
        for (var file : kept(target)) {
            var bytes = Files.readAllBytes(file);
            var random = new Random(bytes.length);
            for (var number = 0; number < NEIGHBOURS; number++) {
                var neighbour = neighbour(bytes, random);
                assertThatCode(() -> target.accept(neighbour))
                        .as("%s, neighbour %d", file, number)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static byte[] neighbour(byte[] bytes, Random random) {
        var neighbour = java.util.Arrays.copyOf(bytes, Math.max(1, bytes.length + random.nextInt(3) - 1));
        for (var changes = 1 + random.nextInt(3); changes > 0; changes--) {
            neighbour[random.nextInt(neighbour.length)] = (byte) random.nextInt(256);
        }
        return neighbour;
    }

    private static List<Path> kept(FuzzTarget target) {
        try (var files = Files.list(INPUTS.resolve(target.name().toLowerCase(Locale.ROOT)))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
