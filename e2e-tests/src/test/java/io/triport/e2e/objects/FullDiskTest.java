package io.triport.e2e.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.SmallDisk;
import io.triport.e2e.kv.Within;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fills up under the object proxy, and gets room again. */
final class FullDiskTest {
    private static final int MEGABYTES = 32;
    private static final String FILE = """
        buckets:
          - {name: files, backend_type: fs}
        credentials:
          - access_key_id: E2EKEY
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """;

    @TempDir
    private Path disk;

    @TempDir
    private Path directory;

    private final List<String> answered = new ArrayList<>();

    /** Small objects lie in the index, and large ones in files of their own. */
    @ParameterizedTest
    @ValueSource(ints = {4_000, 60_000})
    void writes_are_refused_and_reads_go_on_while_it_is_full_and_nothing_that_was_answered_is_lost(int size) {
        try (var small = SmallDisk.mount(disk, MEGABYTES)) {
            try (var node = ObjectNode.startOn(small, directory, "full", FILE);
                    var client = new S3Client(node.address())) {
                for (var number = 0; number < 20; number++) {
                    assertThat(put(client, "before-" + number, size)).isEqualTo(200);
                }
                small.fill();
                assertThat(firstRefused(client, size)).isEqualTo(503);
                for (var number = 0; number < 10; number++) {
                    var refused = client.send("PUT", "/files/full-" + number, value("full-" + number, size));
                    assertThat(refused.statusCode()).isEqualTo(503);
                    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                            .contains("<Code>ServiceUnavailable</Code>");
                }
                assertAllThere(client, size);

                small.empty();

                Within.reason("writes again", () -> put(client, "resumed", size) == 200);
                for (var number = 0; number < 20; number++) {
                    assertThat(put(client, "after-" + number, size)).isEqualTo(200);
                }
                assertAllThere(client, size);
                node.kill();
            }
            try (var again = ObjectNode.startOn(small, directory, "again", FILE);
                    var client = new S3Client(again.address())) {
                assertAllThere(client, size);
                assertThat(client.get("/files/full-0")).contains("<Code>NoSuchKey</Code>");
                assertThat(put(client, "last", size)).isEqualTo(200);
            }
        }
    }

    /** What was open already may still take some writes. */
    private int firstRefused(S3Client client, int size) {
        for (var number = 0; number < 10_000; number++) {
            var status = put(client, "filling-" + number, size);
            if (status != 200) {
                return status;
            }
        }
        throw new AssertionError("a full disk takes everything");
    }

    private int put(S3Client client, String key, int size) {
        var status = client.put("/files/" + key, value(key, size));
        if (status == 200) {
            answered.add(key);
        }
        return status;
    }

    private void assertAllThere(S3Client client, int size) {
        for (var key : answered) {
            assertThat(client.send("GET", "/files/" + key, new byte[0]).body())
                    .as(key)
                    .isEqualTo(value(key, size));
        }
    }

    /** Told by its key. */
    private static byte[] value(String key, int size) {
        return (key + ":").repeat(size / (key.length() + 1)).getBytes(StandardCharsets.US_ASCII);
    }
}
