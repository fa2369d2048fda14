package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.LastingClient;
import io.triport.e2e.kv.Within;
import io.triport.testkit.AtOnce;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM while clients write and read as fast as they are answered, on connections that they keep while they may. */
final class StopUnderLoadTest {
    private static final int CLIENTS = 16;
    private static final int REPLIES_BEFORE_THE_STOP = 400;

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "500ms"})
    void no_request_is_lost(String drainDelay, @TempDir Path directory) {
        try (var node = ManagerNode.start(directory, "node", Map.of("TRIPORT_STOP_DRAIN_DELAY", drainDelay))) {
            var keys = node.keysOf("LOAD");
            var enough = new CountDownLatch(REPLIES_BEFORE_THE_STOP);
            var address = node.process().address();
            Thread.ofVirtual().start(() -> {
                Within.reason("replies", () -> enough.getCount() == 0);
                node.process().terminate();
            });

            var failures = AtOnce.run(
                    CLIENTS,
                    number -> () -> new LastingClient(
                                    address,
                                    () -> number % 2 == 0
                                            ? ManagerNode.wire("GET", "/api/namespaces", "")
                                            : ManagerNode.wire("PUT", keys + "/k" + number + "/raw", "value"),
                                    enough)
                            .run());

            assertThat(failures).allMatch(List::isEmpty);
            assertThat(node.process().exit()).isIn(0, 143);
            assertThat(node.process().output())
                    .contains("stopped app=manager")
                    .doesNotContain("stopped before the last replies");
        }
    }
}
