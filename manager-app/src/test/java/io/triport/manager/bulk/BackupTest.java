package io.triport.manager.bulk;

import static io.triport.manager.JobWorld.ended;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Namespaces as files on the object store, and keys on their way to another namespace. */
@Timeout(60)
final class BackupTest {
    private static final NamespaceTitle HERE = new NamespaceTitle("here");
    private static final NamespaceTitle THERE = new NamespaceTitle("there");

    private final JobWorld world = JobWorld.fresh();
    private final String here = world.namespace("here");
    private final String there = world.namespace("there");
    private final ManagerUnderTest manager = world.start();

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void a_backup_is_listed_and_restored_into_another_namespace() {
        IntStream.range(0, 700).forEach(at -> put("key-" + at, KvEntry.of("v" + at)));

        var backup = done("/api/r2-backup/" + here + "?format=ndjson", "");
        var listed = manager.send("GET", "/api/r2-backup/" + here + "/list").result();
        var restored = done(
                "/api/r2-restore/" + there,
                "{\"backupPath\":\"" + listed.path(0).path("path").asText() + "\"}");

        assertThat(backup.path("job_id").asText()).startsWith("r2-backup-");
        assertThat(backup.path("operation_type").asText()).isEqualTo("r2_backup");
        assertThat(backup.path("processed_keys").asLong()).isEqualTo(700);
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("path").asText()).matches("backups/" + here + "/[0-9]{13}\\.ndjson");
        assertThat(listed.path(0).path("size").asLong()).isPositive();
        assertThat(restored.path("operation_type").asText()).isEqualTo("r2_restore");
        assertThat(restored.path("processed_keys").asLong()).isEqualTo(700);
        assertThat(world.engine()
                        .keyValue(THERE)
                        .get(KvKey.of("key-699"))
                        .orElseThrow()
                        .value())
                .isEqualTo(Bytes.utf8("v699"));
    }

    @Test
    void several_namespaces_are_one_job() {
        put("a", KvEntry.of("1"));
        world.engine().keyValue(THERE).put(KvKey.of("b"), KvEntry.of("2"), KvCondition.ANY);

        var backup =
                done("/api/r2-backup/batch?format=json", "{\"namespace_ids\":[\"" + here + "\",\"" + there + "\"]}");

        assertThat(backup.path("status").asText()).isEqualTo("completed");
        assertThat(backup.path("operation_type").asText()).isEqualTo("batch_r2_backup");
        assertThat(backup.path("processed_keys").asLong()).isEqualTo(2);
        var first = path(here);
        var second = path(there);
        var crossed = done(
                "/api/r2-restore/batch",
                "{\"restore_map\":{\"" + here + "\":\"" + second + "\",\"" + there + "\":\"" + first + "\"}}");
        assertThat(crossed.path("status").asText()).isEqualTo("completed");
        assertThat(world.engine().keyValue(HERE).get(KvKey.of("b"))).isPresent();
        assertThat(world.engine().keyValue(THERE).get(KvKey.of("a"))).isPresent();
    }

    @Test
    void what_is_no_backup_is_not_restored() {
        var route = "/api/r2-restore/" + here;
        assertThat(manager.send("POST", route, "{\"backupPath\":\"backups/" + here + "/1.json\"}")
                        .code())
                .isEqualTo("backup_not_found");
        assertThat(manager.send("POST", route, "{\"backupPath\":\"exports/secret\"}")
                        .status())
                .isEqualTo(400);
        assertThat(manager.send("POST", route, "{\"backupPath\":\"backups/../imports/1.json\"}")
                        .status())
                .isEqualTo(400);
        assertThat(manager.send("POST", route, "{}").status()).isEqualTo(400);
        assertThat(manager.send("POST", "/api/r2-backup/batch", "{\"namespace_ids\":[]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void keys_move_with_all_or_less_of_what_belongs_to_them() {
        var entry = KvEntry.of("1")
                .with(KvMetadata.of("{\"m\":1}"))
                .expiring(Expiry.at(world.clock().instant().plusSeconds(900)));
        put("a", entry);
        put("b", entry);

        var answer = manager.send(
                "POST",
                "/api/migrate/keys",
                "{\"sourceNamespaceId\":\"" + here + "\",\"targetNamespaceId\":\"" + there
                        + "\",\"keys\":[\"a\"],\"cutoverMode\":\"copy_delete\",\"createBackup\":true}");
        assertThat(answer.json().path("success").asBoolean()).isTrue();
        assertThat(answer.json().path("totalKeys").asLong()).isEqualTo(1);
        assertThat(ended(manager, answer.json().path("jobId").asText())
                        .path("status")
                        .asText())
                .isEqualTo("completed");

        assertThat(world.engine().keyValue(HERE).get(KvKey.of("a"))).isEmpty();
        var moved = world.engine().keyValue(THERE).get(KvKey.of("a")).orElseThrow();
        assertThat(moved.metadata()).isEqualTo(entry.metadata());
        assertThat(moved.expiry()).isInstanceOf(Expiry.At.class);
        assertThat(path(here)).isNotEmpty();

        var all = manager.send(
                "POST",
                "/api/migrate/namespace",
                "{\"sourceNamespaceId\":\"" + here + "\",\"targetNamespaceId\":\"" + there
                        + "\",\"cutoverMode\":\"copy\",\"migrateMetadata\":false,\"preserveTTL\":false}");
        ended(manager, all.json().path("jobId").asText());
        var plain = world.engine().keyValue(THERE).get(KvKey.of("b")).orElseThrow();
        assertThat(plain.metadata()).isEqualTo(KvMetadata.NONE);
        assertThat(plain.expiry()).isEqualTo(Expiry.NEVER);
        assertThat(world.engine().keyValue(HERE).get(KvKey.of("b"))).isPresent();
    }

    private String path(String namespace) {
        return manager.send("GET", "/api/r2-backup/" + namespace + "/list")
                .result()
                .path(0)
                .path("path")
                .asText();
    }

    private JsonNode done(String route, String body) {
        var answer = manager.send("POST", route, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return ended(manager, answer.result().path("job_id").asText());
    }

    private void put(String key, KvEntry entry) {
        world.engine().keyValue(HERE).put(KvKey.of(key), entry, KvCondition.ANY);
    }
}
