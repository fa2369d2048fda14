package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.TraceCollector;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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

    @Test
    void pools_and_queues_are_shown_and_requests_told_to_the_collector_that_is_named(@TempDir Path directory)
            throws IOException {
        var environment = new HashMap<>(TestKeyMap.environment());
        try (var collector = TraceCollector.listening()) {
            environment.put("TRIPORT_TRACES_ENDPOINT", collector.endpoint().toString());
            environment.put("TRIPORT_TRACES_SAMPLE", "100%");
            try (var node = KvNode.start(directory, "node", environment)) {
                assertThat(node.page("/prometheus"))
                        .contains("triport_storage_pool{adapter=\"sqlite\",pool=\"data-readers\",state=\"idle\"}")
                        .contains("triport_storage_waiting{adapter=\"sqlite\",queue=\"data-writer\"}")
                        .contains("triport_request_working 0.0")
                        .contains("triport_request_waiting 0.0")
                        .contains("triport_traces_dropped_total 0.0");

                try (var answer = URI.create(node.address() + "/health").toURL().openStream()) {
                    assertThat(answer.read()).isEqualTo('{');
                }
                var page = collector.next();
                assertThat(page.text()).contains("\"stringValue\":\"triport-kv-proxy\"");
                assertThat(page.spans().getFirst().at("triport.route")).isEqualTo("GET /health");
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
