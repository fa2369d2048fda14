package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TakenPortTest {
    @ParameterizedTest
    @CsvSource({"--port, listen", "--management-port, management"})
    void a_port_that_is_taken_is_told_with_its_setting_and_address(String flag, String setting, @TempDir Path directory)
            throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var node = KvNode.launch(
                        directory, "node", TestKeyMap.environment(), flag, Integer.toString(taken.getLocalPort()))) {
            assertThat(node.exit()).isEqualTo(1);

            assertThat(node.output())
                    .contains("kv-proxy: " + setting + ": cannot listen on http://127.0.0.1:" + taken.getLocalPort()
                            + ": ")
                    .contains("(expected: a port that is free, on an address of this machine)");
        }
    }
}
