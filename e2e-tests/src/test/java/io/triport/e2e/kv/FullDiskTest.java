package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up under the proxy, and gets room again. */
final class FullDiskTest {
    private static final int MEGABYTES = 32;

    @TempDir
    private Path disk;

    @TempDir
    private Path directory;

    private final List<String> answered = new ArrayList<>();

    @Test
    void writes_are_refused_while_the_disk_is_full_and_resume_without_a_restart_and_none_that_was_answered_is_lost()
            throws IOException {
        try (var small = SmallDisk.mount(disk, MEGABYTES);
                var client = TestKeyMap.all()) {
            try (var node = KvNode.startOn(small, directory, "full", TestKeyMap.environment())) {
                var address = node.address();
                for (var number = 0; number < 50; number++) {
                    assertThat(put(client, address, "before-" + number).status())
                            .isEqualTo(200);
                }
                small.fill();
                var refused = firstRefused(client, address);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.says("STORAGE_ERROR")).isTrue();
                for (var number = 0; number < 20; number++) {
                    assertThat(put(client, address, "full-" + number).status()).isEqualTo(503);
                }
                for (var number = 0; number < 300; number++) {
                    assertRightOrRefused(client.call(address, "get", naming("before-0")), "before-0");
                }

                small.empty();

                Within.reason("writes again", () -> ok(client, address));
                for (var number = 0; number < 50; number++) {
                    assertThat(put(client, address, "after-" + number).status()).isEqualTo(200);
                }
                assertAllThere(client, address);
                node.kill();
            }
            try (var again = KvNode.startOn(small, directory, "again", TestKeyMap.environment())) {
                assertAllThere(client, again.address());
                assertThat(put(client, again.address(), "last").status()).isEqualTo(200);
            }
        }
    }

    /** What was open already may still take some writes. */
    private WireClient.Answer firstRefused(WireClient client, URI address) throws IOException {
        for (var number = 0; number < 10_000; number++) {
            var answer = put(client, address, "filling-" + number);
            if (!answer.ok()) {
                return answer;
            }
        }
        throw new AssertionError("a full disk takes everything");
    }

    private boolean ok(WireClient client, URI address) {
        try {
            return put(client, address, "resumed").ok();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WireClient.Answer put(WireClient client, URI address, String key) throws IOException {
        var answer = client.call(
                address, "put", "{\"namespace\":\"C\",\"key\":\"" + key + "\",\"value\":\"" + value(key) + "\"}");
        if (answer.ok()) {
            answered.add(key);
        }
        return answer;
    }

    private void assertAllThere(WireClient client, URI address) throws IOException {
        for (var key : answered) {
            assertThat(client.call(address, "get", naming(key)).body()).isEqualTo(shown(key));
        }
    }

    /** A read spends a nonce too, and where no more can be kept none is accepted. */
    private static void assertRightOrRefused(WireClient.Answer read, String key) {
        if (read.ok()) {
            assertThat(read.body()).isEqualTo(shown(key));
        } else {
            assertThat(read.status()).isEqualTo(503);
            assertThat(read.says("STORAGE_ERROR")).isTrue();
        }
    }

    private static String naming(String key) {
        return "{\"namespace\":\"C\",\"key\":\"" + key + "\",\"type\":\"json\"}";
    }

    private static String shown(String key) {
        return "{\"value\":\"" + value(key) + "\"}";
    }

    private static String value(String key) {
        return key + ":" + "0123456789abcdef".repeat(512);
    }
}
