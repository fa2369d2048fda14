package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StorageEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the manager does when there is no room for more. */
@Timeout(60)
final class FullDiskTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final List<KvKey> KEYS =
            Stream.of("a", "b", "c", "new").map(KvKey::of).toList();
    private static final Map<String, String> BEARER = Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN);

    private final AtomicBoolean full = new AtomicBoolean();
    private final JobWorld roomy = JobWorld.fresh();
    private final JobWorld world = new JobWorld(
            new FullEngine(roomy.engine(), full, FullDiskTest::keepsOrMakes),
            roomy.files(),
            roomy.ticks(),
            roomy.clock());
    private final String id = world.namespace("CACHE");
    private final ManagerUnderTest manager = world.start();
    private final String keys = "/api/keys/" + id;
    private final String account = "/client/v4/accounts/"
            + manager.send("GET", "/client/v4/accounts")
                    .result()
                    .path(0)
                    .path("id")
                    .asText()
            + "/storage/kv/namespaces/" + id;

    /** Whether there is a version that was kept, or a key more than at first. */
    private static boolean keepsOrMakes(StorageEngine data) {
        var history = data.tables().keyHistory();
        return data.keyValue(CACHE).list(KvQuery.all()).keys().size() > 3
                || KEYS.stream()
                        .anyMatch(key ->
                                !history.versions(CACHE, key, Long.MAX_VALUE, 1).isEmpty());
    }

    @BeforeEach
    void fill() {
        for (var key : List.of("a", "b", "c")) {
            manager.send("PUT", keys + "/" + key, "{\"value\":\"" + key + "\"}");
        }
        full.set(true);
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void a_write_is_told_that_the_storage_is_full_and_reads_go_on() {
        var made = manager.send("PUT", keys + "/new", "{\"value\":\"1\"}");
        var replaced = manager.send("PUT", keys + "/a", "{\"value\":\"1\"}");
        var cloudflare = manager.send("PUT", account + "/values/new", BEARER, Bytes.utf8("1"));

        assertThat(List.of(made.status(), replaced.status(), cloudflare.status()))
                .containsOnly(507);
        assertThat(made.code()).isEqualTo("storage_full");
        assertThat(cloudflare.json().path("errors").path(0).path("code").asInt())
                .isEqualTo(10_507);
        assertThat(manager.send("GET", keys + "/a").result().path("value").asText())
                .isEqualTo("a");
        full.set(false);
        assertThat(manager.send("PUT", keys + "/new", "{\"value\":\"1\"}").status())
                .isEqualTo(200);
    }

    @Test
    void a_key_is_deleted_for_good_and_the_answer_and_the_audit_say_so() {
        var answer = manager.send("DELETE", keys + "/a");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.result().path("version_kept").asBoolean(true)).isFalse();
        assertThat(manager.send("GET", keys + "/a").status()).isEqualTo(404);
        assertThat(manager.send("POST", "/api/backup/" + id + "/a/undo").code()).isEqualTo("backup_not_found");
        var told = manager.send("GET", "/api/audit/" + id).result().path(0);
        assertThat(told.path("operation").asText()).isEqualTo("delete");
        assertThat(told.path("details").asText()).isEqualTo("{\"version_kept\":false}");
    }

    @Test
    void keys_are_deleted_for_good_by_cloudflares_api_too() {
        assertThat(manager.send("DELETE", account + "/values/a").status()).isEqualTo(200);
        assertThat(manager.send("POST", account + "/bulk/delete", "[\"b\",\"c\"]")
                        .status())
                .isEqualTo(200);

        assertThat(manager.send("GET", keys + "/list").result().path("keys")).isEmpty();
    }

    @Test
    void a_job_deletes_keys_for_good_and_the_audit_says_so() {
        var job = manager.send("POST", keys + "/bulk-delete", "{\"keys\":[\"a\",\"b\"]}")
                .result()
                .path("job_id")
                .asText();
        var row = JobWorld.ended(manager, job);

        assertThat(row.path("status").asText()).isEqualTo("completed");
        assertThat(manager.send("GET", keys + "/list").result().path("keys")).hasSize(1);
        assertThat(manager.send("GET", "/api/audit/" + id + "?operation=bulk_delete")
                        .text())
                .contains("version_kept\\\":false");
    }

    @Test
    void with_room_a_deleted_key_comes_back() {
        full.set(false);
        var answer = manager.send("DELETE", keys + "/a");
        manager.send("POST", "/api/backup/" + id + "/a/undo");

        assertThat(answer.text()).isEqualTo("{\"success\":true}");
        assertThat(manager.send("GET", keys + "/a").result().path("value").asText())
                .isEqualTo("a");
    }
}
