package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager of an account elsewhere says at start what the engine beside the account cannot do, and asks the account nothing. */
final class AccountWiringTest {
    @Test
    void an_account_beside_shared_data_ends_the_start_with_one_line(@TempDir Path directory) {
        var environment = Map.of(
                "TRIPORT_API_TOKEN",
                ManagerNode.TOKEN,
                "ACCOUNT_ID",
                "0".repeat(32),
                "API_KEY",
                "a token that nobody is shown");
        var run = AppProcess.Run.in(directory, "manager", io.triport.manager.Application.class, "manager.out");
        try (var node = AppProcess.launch(run, environment, List.of("--shared-data"))) {
            assertThat(node.exit()).isEqualTo(78);

            assertThat(node.output())
                    .contains("manager: storage: shared with other processes (expected: embedded without shared-data")
                    .doesNotContain("at io.triport");
        }
    }
}
