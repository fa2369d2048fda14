package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the management port that never say what they want. */
final class ManagementPortTest {
    private static final int SLOW = 100;

    @Test
    void slow_clients_keep_nobody_from_health_and_are_hung_up_on(@TempDir Path directory) throws IOException {
        var slow = new ArrayList<Socket>();
        try (var node = KvNode.start(directory, "node", TestKeyMap.environment())) {
            for (var number = 0; number < SLOW; number++) {
                slow.add(beginning(node.management()));
            }

            assertThat(node.page("/health/liveness")).contains("live");
            assertThat(node.page("/prometheus")).contains("jvm_memory_used_bytes");

            for (var socket : slow) {
                assertThat(socket.getInputStream().read()).isNegative();
            }
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    private static Socket beginning(URI address) throws IOException {
        var socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write("GET /health/liv".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
