package io.triport.e2e.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
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

/** SIGTERM while clients send as fast as they are answered, on connections that they keep while they may. */
final class StopUnderLoadTest {
    private static final int CLIENTS = 16;
    private static final int REPLIES_BEFORE_THE_STOP = 400;
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII);

    @ParameterizedTest
    @ValueSource(strings = {"0s", "500ms"})
    void no_request_is_lost(String drainDelay, @TempDir Path directory) {
        try (var origin = Origin.start();
                var node = GatewayNode.start(directory, file(origin.url(), drainDelay), Map.of())) {
            var enough = new CountDownLatch(REPLIES_BEFORE_THE_STOP);
            var address = node.address();
            Thread.ofVirtual().start(() -> {
                Within.reason("replies", () -> enough.getCount() == 0);
                node.terminate();
            });

            var failures = AtOnce.run(
                    CLIENTS, number -> () -> new LastingClient(address, () -> REQUEST.clone(), enough).run());

            assertThat(failures).allMatch(List::isEmpty);
            assertThat(node.exit()).isIn(0, 143);
            assertThat(node.output()).contains("stopped app=gateway").doesNotContain("stopped before the last replies");
        }
    }

    private static String file(String url, String drainDelay) {
        return """
            identity:
              anyone: {type: public}
            timeouts: {drainDelay: %s}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            """.formatted(drainDelay, url);
    }
}
