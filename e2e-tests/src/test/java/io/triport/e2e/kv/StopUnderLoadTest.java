package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.LastingClient;
import io.triport.testkit.AtOnce;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM while clients send as fast as they are answered, on connections that they keep while they may. */
final class StopUnderLoadTest {
    private static final int CLIENTS = 16;
    private static final int REPLIES_BEFORE_THE_STOP = 400;

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "500ms"})
    void no_request_is_lost(String drainDelay, @TempDir Path directory) {
        var environment = new java.util.HashMap<>(TestKeyMap.environment());
        environment.put("TRIPORT_STOP_DRAIN_DELAY", drainDelay);
        try (var node = KvNode.start(directory, "node", environment);
                var signer = TestKeyMap.all()) {
            var enough = new CountDownLatch(REPLIES_BEFORE_THE_STOP);
            var address = node.address();
            Thread.ofVirtual().start(() -> {
                Within.reason("replies", () -> enough.getCount() == 0);
                node.terminate();
            });

            var failures = AtOnce.run(
                    CLIENTS,
                    number -> () -> new LastingClient(
                                    address,
                                    () -> signer.sign("get", "{\"namespace\":\"C\",\"key\":\"k\"}")
                                            .toBytes(),
                                    enough)
                            .run());

            assertThat(failures).allMatch(List::isEmpty);
            assertThat(node.exit()).isIn(0, 143);
            assertThat(node.output())
                    .contains("stopped app=kv-proxy")
                    .doesNotContain("stopped before the last replies");
        }
    }
}
