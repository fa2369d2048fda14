package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.SmallDisk;
import io.triport.e2e.kv.Within;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up under the manager, and gets room again. */
final class FullDiskTest {
    private static final int MEGABYTES = 32;

    @TempDir
    private Path disk;

    @TempDir
    private Path directory;

    private final List<String> answered = new ArrayList<>();

    @Test
    void writes_are_refused_and_reads_go_on_while_it_is_full_and_nothing_that_was_answered_is_lost() {
        try (var small = SmallDisk.mount(disk, MEGABYTES)) {
            String keys;
            try (var node = ManagerNode.startOn(small, directory, "full")) {
                keys = node.keysOf("FULL");
                for (var number = 0; number < 20; number++) {
                    assertThat(put(node, keys, "before-" + number)).isEqualTo(200);
                }
                small.fill();
                assertThat(firstRefused(node, keys)).isEqualTo(507);
                for (var number = 0; number < 10; number++) {
                    var refused = node.send("PUT", keys + "/full-" + number + "/raw", value("full"));
                    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
                    assertThat(refused.body()).contains("\"storage_full\"");
                }
                assertAllThere(node, keys);

                small.empty();

                Within.reason("writes again", () -> put(node, keys, "resumed") == 200);
                for (var number = 0; number < 20; number++) {
                    assertThat(put(node, keys, "after-" + number)).isEqualTo(200);
                }
                assertAllThere(node, keys);
                node.process().kill();
            }
            try (var again = ManagerNode.startOn(small, directory, "again")) {
                assertAllThere(again, keys);
                assertThat(again.send("GET", keys + "/full-0/raw", "").statusCode())
                        .isEqualTo(404);
                assertThat(put(again, keys, "last")).isEqualTo(200);
            }
        }
    }

    /** What was open already may still take some writes. */
    private int firstRefused(ManagerNode node, String keys) {
        for (var number = 0; number < 10_000; number++) {
            var status = put(node, keys, "filling-" + number);
            if (status != 200) {
                return status;
            }
        }
        throw new AssertionError("a full disk takes everything");
    }

    private int put(ManagerNode node, String keys, String key) {
        var status = node.send("PUT", keys + "/" + key + "/raw", value(key)).statusCode();
        if (status == 200) {
            answered.add(key);
        }
        return status;
    }

    private void assertAllThere(ManagerNode node, String keys) {
        for (var key : answered) {
            assertThat(node.send("GET", keys + "/" + key + "/raw", "").body())
                    .as(key)
                    .isEqualTo(value(key));
        }
    }

    /** Told by its key, and long enough to need a place of its own. */
    private static String value(String key) {
        return key + ":" + "0123456789abcdef".repeat(2_048);
    }
}
