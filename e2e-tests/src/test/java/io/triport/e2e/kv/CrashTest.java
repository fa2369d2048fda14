package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kill in the middle of writes, start, look: nothing that was answered is lost, and nothing is half there. */
final class CrashTest {
    private static final int ROUNDS = 20;
    private static final int WRITERS = 8;
    private static final int ANSWERS_BEFORE_THE_KILL = 40;

    @Test
    void no_answered_write_is_lost_or_torn_by_20_kills(@TempDir Path directory) throws IOException {
        try (var client = TestKeyMap.all()) {
            Queue<String> before = new ConcurrentLinkedQueue<>();
            for (var round = 0; round < ROUNDS; round++) {
                Queue<String> answered = new ConcurrentLinkedQueue<>();
                try (var node = KvNode.start(directory, "round-" + round, TestKeyMap.environment())) {
                    audit(client, node.address(), round - 1, before);
                    writeUntilKilled(node, client, round, answered);
                }
                assertThat(answered).hasSizeGreaterThanOrEqualTo(ANSWERS_BEFORE_THE_KILL);
                before = answered;
            }
            try (var node = KvNode.start(directory, "last", TestKeyMap.environment())) {
                audit(client, node.address(), ROUNDS - 1, before);
            }
        }
    }

    /** What the round before was answered, and what it was not. */
    private static void audit(WireClient client, URI address, int round, Queue<String> answered) throws IOException {
        for (var key : answered) {
            var read = client.call(address, "get", "{\"namespace\":\"C\",\"key\":\"" + key + "\",\"type\":\"json\"}");
            assertThat(read.body()).isEqualTo("{\"value\":\"" + value(key) + "\"}");
        }
        assertAllWhole(client, address, round);
    }

    private static void writeUntilKilled(AppProcess node, WireClient client, int round, Queue<String> answered) {
        var address = node.address();
        var enough = new CountDownLatch(ANSWERS_BEFORE_THE_KILL);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var writer = 0; writer < WRITERS; writer++) {
                var name = "r" + round + "-w" + writer + "-";
                executor.submit(() -> {
                    for (var number = 0; write(client, address, name + number); number++) {
                        answered.add(name + number);
                        enough.countDown();
                    }
                });
            }
            Within.reason("writes", () -> enough.getCount() == 0);
            node.kill();
        }
    }

    /** Whether it was answered. */
    private static boolean write(WireClient client, URI address, String key) {
        try {
            return client.call(
                            address,
                            "put",
                            "{\"namespace\":\"C\",\"key\":\"" + key + "\",\"value\":\"" + value(key) + "\"}")
                    .ok();
        } catch (IOException e) {
            return false;
        }
    }

    /** Those too that were written and not answered. */
    private static void assertAllWhole(WireClient client, URI address, int round) throws IOException {
        for (var writer = 0; writer < WRITERS; writer++) {
            var prefix = "r" + round + "-w" + writer + "-";
            var listed = client.call(address, "list", "{\"namespace\":\"C\",\"prefix\":\"" + prefix + "\"}")
                    .body();
            for (var name : listed.replaceAll(".*\"keys\":\\[|].*", "").split(",", -1)) {
                if (name.isEmpty()) {
                    continue;
                }
                var key = name.replace("\"", "").substring("C:".length());
                var read =
                        client.call(address, "get", "{\"namespace\":\"C\",\"key\":\"" + key + "\",\"type\":\"json\"}");
                assertThat(read.body()).isEqualTo("{\"value\":\"" + value(key) + "\"}");
            }
        }
    }

    /** Long enough to be torn, and told by its key. */
    private static String value(String key) {
        return key + ":" + "0123456789abcdef".repeat(256);
    }
}
