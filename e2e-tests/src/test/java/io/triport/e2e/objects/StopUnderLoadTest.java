package io.triport.e2e.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.LastingClient;
import io.triport.e2e.kv.Within;
import io.triport.testkit.AtOnce;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM while clients store and read as fast as they are answered, on connections that they keep while they may. */
final class StopUnderLoadTest {
    private static final int CLIENTS = 16;
    private static final int REPLIES_BEFORE_THE_STOP = 400;
    private static final byte[] OBJECT = "0123456789abcdef".repeat(2_048).getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "500ms"})
    void no_request_is_lost(String drainDelay, @TempDir Path directory) {
        try (var node = ObjectNode.start(directory, file(drainDelay));
                var client = new S3Client(node.address())) {
            var address = node.address();
            assertThat(client.put("/files/read", OBJECT)).isEqualTo(200);
            var enough = new CountDownLatch(REPLIES_BEFORE_THE_STOP);
            Thread.ofVirtual().start(() -> {
                Within.reason("replies", () -> enough.getCount() == 0);
                node.terminate();
            });

            var failures = AtOnce.run(
                    CLIENTS,
                    number -> () -> new LastingClient(
                                    address,
                                    () -> number % 2 == 0
                                            ? client.wire("GET", "/files/read", new byte[0])
                                            : client.wire("PUT", "/files/written-" + number, OBJECT),
                                    enough)
                            .run());

            assertThat(failures).allMatch(List::isEmpty);
            assertThat(node.exit()).isIn(0, 143);
            assertThat(node.output())
                    .contains("stopped app=object-proxy")
                    .doesNotContain("stopped before the last replies");
        }
    }

    private static String file(String drainDelay) {
        return """
            triport:
              stop: {drain-delay: %s}
            buckets:
              - {name: files, backend_type: fs}
            credentials:
              - access_key_id: E2EKEY
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """.formatted(drainDelay);
    }
}
