package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers of a disturbed cluster hear is what one proxy that was never disturbed could have told; {@link Soak} runs more seeds. */
final class DisturbedClusterTest {
    private static final int DISTURBANCES = 4;
    private static final Path KEPT = Path.of("target", "histories");

    @TempDir
    private Path server;

    @TempDir
    private Path nodes;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void three_disturbed_nodes_tell_what_one_would_have_told(int seed) throws IOException {
        assertThat(DisturbedCluster.run(seed, DISTURBANCES, new DisturbedCluster.Place(server, nodes, KEPT)))
                .contains("answers");
    }
}
