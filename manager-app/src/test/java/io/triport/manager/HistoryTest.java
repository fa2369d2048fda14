package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private final ManagerUnderTest manager = ManagerUnderTest.start();
    private final String id = manager.send("POST", "/api/namespaces", "{\"title\":\"CACHE\"}")
            .result()
            .path("id")
            .asText();
    private final String keys = "/api/keys/" + id;
    private final String backup = "/api/backup/" + id;
    private final String versions = "/api/versions/" + id;

    @AfterEach
    void stop() {
        manager.close();
    }

    private String value(String key) {
        return manager.send("GET", keys + "/" + key).result().path("value").asText();
    }

    private boolean kept(String key) {
        return manager.send("GET", backup + "/" + key + "/check")
                .result()
                .path("exists")
                .asBoolean();
    }

    @Test
    void an_undo_brings_back_all_that_a_key_was_and_the_next_goes_further() {
        manager.send("PUT", keys + "/k", "{\"value\":\"1\",\"metadata\":{\"a\":1},\"expiration_ttl\":3600}");
        manager.send("PUT", "/api/metadata/" + id + "/k", "{\"tags\":[\"one\"]}");
        manager.send("PUT", keys + "/k", "{\"value\":\"2\",\"metadata\":null}");
        manager.send("PUT", "/api/metadata/" + id + "/k", "{\"tags\":[\"two\"]}");
        manager.send("DELETE", keys + "/k");

        var first = manager.send("POST", backup + "/k/undo");
        var second = value("k");
        manager.send("POST", backup + "/k/undo");
        var whole = manager.send("GET", keys + "/k").result();
        var none = manager.send("POST", backup + "/k/undo");

        assertThat(first.text()).isEqualTo("{\"success\":true}");
        assertThat(second).isEqualTo("2");
        assertThat(whole.path("value").asText()).isEqualTo("1");
        assertThat(whole.path("metadata").toString()).isEqualTo("{\"a\":1}");
        assertThat(whole.path("expiration").asLong()).isPositive();
        assertThat(manager.send("GET", "/api/metadata/" + id + "/k")
                        .result()
                        .path("tags")
                        .toString())
                .isEqualTo("[\"one\"]");
        assertThat(none.code()).isEqualTo("backup_not_found");
    }

    @Test
    void a_backup_is_there_after_a_change_and_lies_outside_of_the_keys() {
        manager.send("PUT", keys + "/k", "{\"value\":\"1\"}");
        var before = kept("k");
        manager.send("PUT", keys + "/k", "{\"value\":\"2\"}");

        assertThat(before).isFalse();
        assertThat(kept("k")).isTrue();
        assertThat(manager.send("GET", keys + "/list").result().path("keys")).hasSize(1);
    }

    @Test
    void writes_by_the_other_api_are_kept_too() {
        var account = "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces/" + id;
        manager.send("PUT", account + "/values/k", "1");
        manager.send("PUT", account + "/bulk", "[{\"key\":\"k\",\"value\":\"2\"},{\"key\":\"new\",\"value\":\"3\"}]");
        manager.send("POST", account + "/bulk/delete", "[\"k\",\"none\"]");

        manager.send("POST", backup + "/k/undo");
        var second = value("k");
        manager.send("POST", backup + "/k/undo");

        assertThat(second).isEqualTo("2");
        assertThat(value("k")).isEqualTo("1");
    }

    @Test
    void versions_are_listed_read_compared_and_restored() {
        manager.send("PUT", keys + "/k", "{\"value\":\"{\\\"a\\\":1,\\\"b/c\\\":[1,2]}\"}");
        manager.send("PUT", keys + "/k", "{\"value\":\"{\\\"a\\\":2,\\\"b/c\\\":[1]}\"}");
        manager.send("PUT", keys + "/k", "{\"value\":\"plain\"}");

        var listed = manager.send("GET", versions + "/k").result().path("versions");
        var oldest = listed.path(1).path("version").asText();
        var newest = listed.path(0).path("version").asText();
        var read = manager.send("GET", versions + "/k/" + oldest).result();
        var between = manager.send("GET", versions + "/k/diff?from=" + oldest + "&to=" + newest)
                .result();
        var restored = manager.send("POST", versions + "/k/" + oldest + "/restore");

        assertThat(listed).hasSize(2);
        assertThat(listed.path(0).path("operation").asText()).isEqualTo("update");
        assertThat(listed.path(0).path("user_email").asText()).isEqualTo("key:bootstrap");
        assertThat(read.path("value").asText()).isEqualTo("{\"a\":1,\"b/c\":[1,2]}");
        assertThat(between.path("changes").toString())
                .isEqualTo("[{\"path\":\"/a\",\"op\":\"replace\",\"from\":1,\"to\":2},"
                        + "{\"path\":\"/b~1c/1\",\"op\":\"remove\",\"from\":2}]");
        assertThat(restored.status()).isEqualTo(200);
        assertThat(value("k")).isEqualTo("{\"a\":1,\"b/c\":[1,2]}");
        assertThat(manager.send("GET", versions + "/k").result().path("versions"))
                .hasSize(3);
    }

    @Test
    void lines_of_texts_are_compared() {
        manager.send("PUT", keys + "/k/raw", "one\ntwo\nthree");
        manager.send("PUT", keys + "/k/raw", "one\n2\nthree\nfour");
        var from = manager.send("GET", versions + "/k")
                .result()
                .path("versions")
                .path(0)
                .path("version")
                .asText();

        assertThat(manager.send("GET", versions + "/k/diff?from=" + from)
                        .result()
                        .path("changes")
                        .toString())
                .isEqualTo(
                        "[{\"op\":\"remove\",\"line\":2,\"text\":\"two\"},{\"op\":\"add\",\"line\":2,\"text\":\"2\"},"
                                + "{\"op\":\"add\",\"line\":4,\"text\":\"four\"}]");
    }

    @Test
    void a_namespace_keeps_as_many_versions_as_it_says() {
        var settings = "/api/namespaces/" + id + "/settings";
        manager.send("PUT", settings, "{\"versioning\":{\"enabled\":true,\"max_versions\":2,\"max_age\":0}}");
        for (var value = 1; value <= 5; value++) {
            manager.send("PUT", keys + "/k/raw", "value " + value);
        }

        assertThat(manager.send("GET", versions + "/k").result().path("versions"))
                .hasSize(2);
        assertThat(manager.send("GET", settings).result().path("versioning").toString())
                .isEqualTo("{\"enabled\":true,\"max_versions\":2,\"max_age\":0}");
        assertThat(manager.send("PUT", settings, "{\"versioning\":{\"max_versions\":1001}}")
                        .code())
                .isEqualTo("invalid_argument");
    }

    @Test
    void keys_that_were_deleted_are_listed() {
        manager.send("PUT", keys + "/gone", "{\"value\":\"1\"}");
        manager.send("DELETE", keys + "/gone");

        var deleted = manager.send("GET", versions + "?deleted=true").result().path("versions");

        assertThat(deleted).hasSize(1);
        assertThat(deleted.path(0).path("name").asText()).isEqualTo("gone");
        assertThat(manager.send("GET", versions).code()).isEqualTo("invalid_argument");
    }

    @Test
    void a_renamed_key_keeps_what_it_was_and_its_labels() {
        manager.send("PUT", keys + "/old", "{\"value\":\"1\"}");
        manager.send("PUT", keys + "/old", "{\"value\":\"2\"}");
        manager.send("PUT", keys + "/taken", "{\"value\":\"x\"}");
        manager.send("PUT", "/api/metadata/" + id + "/old", "{\"tags\":[\"t\"]}");

        var taken = manager.send("POST", keys + "/rename", "{\"old_name\":\"old\",\"new_name\":\"taken\"}");
        var missing = manager.send("POST", keys + "/rename", "{\"old_name\":\"none\",\"new_name\":\"n\"}");
        var renamed = manager.send("POST", keys + "/rename", "{\"old_name\":\"old\",\"new_name\":\"new\"}");

        assertThat(taken.status()).isEqualTo(409);
        assertThat(missing.code()).isEqualTo("key_not_found");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(manager.send("GET", keys + "/old").status()).isEqualTo(404);
        assertThat(value("new")).isEqualTo("2");
        assertThat(manager.send("GET", "/api/metadata/" + id + "/new")
                        .result()
                        .path("tags")
                        .toString())
                .isEqualTo("[\"t\"]");
        manager.send("POST", backup + "/new/undo");
        assertThat(value("new")).isEqualTo("1");
    }

    @Test
    void a_write_that_does_not_happen_leaves_no_trace() {
        manager.send("PUT", keys + "/k", "{\"value\":\"1\"}");

        manager.send(
                "PUT",
                keys + "/k",
                Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, "If-Match", "\"999999\""),
                Bytes.utf8("{\"value\":\"2\"}"));

        assertThat(kept("k")).isFalse();
        assertThat(manager.send("GET", "/api/audit/" + id + "?operation=update").result())
                .isEmpty();
    }
}
