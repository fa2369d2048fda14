package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class MetricsPageTest {
    @Test
    void pools_and_queues_of_storage_are_shown(@TempDir Path directory) {
        try (var node = ManagerNode.start(directory, "manager", Map.of())) {
            assertThat(node.process().page("/prometheus"))
                    .contains("triport_storage_pool{adapter=\"sqlite\",pool=\"data-readers\",state=\"busy\"}")
                    .contains("triport_storage_waiting{adapter=\"sqlite\",queue=\"data-readers\"}")
                    .contains("triport_storage_waiting{adapter=\"sqlite\",queue=\"data-writer\"}")
                    .contains("triport_request_working")
                    .contains("triport_request_waiting");

            // Counted for the first time when the start is over, perhaps.
            var backlog = "triport_storage_backlog{adapter=\"sqlite\",queue=\"manager-jobs\"} 0.0";
            while (!node.process().page("/prometheus").contains(backlog)) {
                Thread.onSpinWait();
            }
        }
    }
}
