package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases and queues by Cloudflare's API, as the manager serves them when it is started without any setting. */
final class CloudflareStorageTest {
    private static final String BASE = "/client/v4/accounts/0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void databases_and_queues_are_made_used_and_dropped() {
        try (var manager = ManagerNode.start(directory, "manager", Map.of())) {
            var database = BASE + "/d1/database/"
                    + found("uuid", ok(manager, "POST", BASE + "/d1/database", "{\"name\":\"shop\"}"));
            ok(manager, "POST", database + "/query", "{\"sql\":\"create table t (n integer, b blob)\"}");
            ok(
                    manager,
                    "POST",
                    database + "/query",
                    "{\"batch\":[{\"sql\":\"insert into t values (?, ?)\",\"params\":[9007199254740993,[0,255]]},"
                            + "{\"sql\":\"insert into t values (?, ?)\",\"params\":[2,null]}]}");
            var rows = ok(manager, "POST", database + "/raw", "{\"sql\":\"select n, b from t order by n\"}");
            var queue = BASE + "/queues/"
                    + found("queue_id", ok(manager, "POST", BASE + "/queues", "{\"queue_name\":\"orders\"}"));
            ok(manager, "POST", queue + "/messages", "{\"body\":\"one\",\"content_type\":\"text\"}");
            var pulled = ok(manager, "POST", queue + "/messages/pull", "{\"visibility_timeout_ms\":60000}");
            var lease = found("lease_id", pulled);
            var acked = ok(manager, "POST", queue + "/messages/ack", "{\"acks\":[{\"lease_id\":\"" + lease + "\"}]}");

            assertThat(rows).contains("{\"columns\":[\"n\",\"b\"],\"rows\":[[2,null],[9007199254740993,[0,255]]]}");
            assertThat(pulled).contains("\"body\":\"one\"");
            assertThat(acked).contains("\"ackCount\":1");
            ok(manager, "DELETE", database, "");
            ok(manager, "DELETE", queue, "");
            assertThat(manager.send("GET", database, "").statusCode()).isEqualTo(404);
            assertThat(manager.send("GET", queue, "").statusCode()).isEqualTo(404);
        }
    }

    private static String ok(ManagerNode manager, String method, String path, String body) {
        var answer = manager.send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String found(String name, String json) {
        var matched = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        assertThat(matched.find()).as(json).isTrue();
        return matched.group(1);
    }
}
