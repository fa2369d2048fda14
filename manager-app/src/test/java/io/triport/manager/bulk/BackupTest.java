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
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
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

    @Test
    void a_backup_that_was_changed_is_told_apart_and_not_restored() {
        put("a", KvEntry.of("1"));
        var backup = done("/api/r2-backup/" + here + "?format=ndjson", "");
        var path = path(here);
        var body = "{\"backupPath\":\"" + path + "\"}";

        var sound =
                manager.send("POST", "/api/r2-backup/" + here + "/verify", body).result();
        world.files()
                .put(
                        ObjectKey.of(path),
                        Content.of(Bytes.utf8("{\"name\":\"a\",\"value\":\"2\"}\n")),
                        WriteOptions.PLAIN);
        var changed =
                manager.send("POST", "/api/r2-backup/" + here + "/verify", body).result();
        var restored = done("/api/r2-restore/" + there, body);

        assertThat(sound.path("valid").asBoolean()).isTrue();
        assertThat(sound.path("items").asLong()).isEqualTo(1);
        assertThat(sound.path("sha256").asText())
                .isEqualTo(backup.path("result")
                        .path("parts")
                        .path(0)
                        .path("sha256")
                        .asText())
                .matches("[0-9a-f]{64}");
        assertThat(changed.path("valid").asBoolean()).isFalse();
        assertThat(changed.path("reason").asText()).isEqualTo("changed");
        assertThat(restored.path("status").asText()).isEqualTo("failed");
        assertThat(restored.path("error").asText()).contains("not what was written");
        assertThat(world.engine().keyValue(THERE).get(KvKey.of("a"))).isEmpty();
    }

    @Test
    void a_backup_of_which_nothing_was_written_down_is_restored_but_not_called_valid() {
        var path = "backups/" + here + "/1.ndjson";
        world.files()
                .put(
                        ObjectKey.of(path),
                        Content.of(Bytes.utf8("{\"name\":\"a\",\"value\":\"2\"}\n")),
                        WriteOptions.PLAIN);
        var body = "{\"backupPath\":\"" + path + "\"}";

        var verdict =
                manager.send("POST", "/api/r2-backup/" + here + "/verify", body).result();
        var restored = done("/api/r2-restore/" + there, body);

        assertThat(verdict.path("valid").asBoolean()).isFalse();
        assertThat(verdict.path("reason").asText()).isEqualTo("no_manifest");
        assertThat(restored.path("status").asText()).isEqualTo("completed");
        assertThat(manager.send("POST", "/api/r2-backup/" + here + "/verify", body.replace("/1.", "/2."))
                        .code())
                .isEqualTo("backup_not_found");
    }

    @Test
    void a_restore_is_previewed_and_writes_nothing_then() {
        put("a", KvEntry.of("1"));
        put("b", KvEntry.of("22"));
        done("/api/r2-backup/" + here, "");
        world.engine().keyValue(THERE).put(KvKey.of("b"), KvEntry.of("old"), KvCondition.ANY);

        var preview = manager.send(
                        "POST", "/api/r2-restore/" + there + "/preview", "{\"backupPath\":\"" + path(here) + "\"}")
                .result();

        assertThat(preview.path("items").asLong()).isEqualTo(2);
        assertThat(preview.path("new").asLong()).isEqualTo(1);
        assertThat(preview.path("existing").asLong()).isEqualTo(1);
        assertThat(preview.path("bytes").asLong()).isEqualTo(3);
        assertThat(preview.path("valid").asBoolean()).isTrue();
        assertThat(world.engine().keyValue(THERE).get(KvKey.of("a"))).isEmpty();
    }

    @Test
    void backups_beyond_their_retention_go_with_the_next_one_and_the_audit_says_so() {
        put("a", KvEntry.of("1"));
        var retention = "/api/r2-backup/" + here + "/retention";
        assertThat(manager.send("GET", retention).result().toString()).isEqualTo("{\"keep\":0,\"max_age\":0}");
        assertThat(manager.send("PUT", retention, "{\"keep\":-1}").status()).isEqualTo(400);
        assertThat(manager.send("PUT", retention, "{\"keep\":2}").status()).isEqualTo(200);
        for (var number = 1; number <= 3; number++) {
            world.files()
                    .put(
                            ObjectKey.of("backups/" + here + "/" + number + ".json"),
                            Content.of(Bytes.utf8("[]")),
                            WriteOptions.PLAIN);
        }

        var backup = done("/api/r2-backup/" + here, "");

        assertThat(backup.path("result").path("parts").path(0).path("removed").asInt())
                .isEqualTo(2);
        var kept = manager.send("GET", "/api/r2-backup/" + here + "/list").result();
        assertThat(kept).hasSize(2);
        assertThat(kept.path(0).path("sha256").asText()).hasSize(64);
        assertThat(kept.path(1).path("timestamp").asLong()).isEqualTo(3);
        var told = manager.send("GET", "/api/audit/" + here + "?operation=r2_backup_remove")
                .result();
        assertThat(told).hasSize(1);
        assertThat(told.path(0).path("details").asText()).contains("backups/" + here + "/1.json");
        manager.send("PUT", retention, "{\"max_age\":60}");
        var next = done("/api/r2-backup/" + here, "");
        assertThat(next.path("result").path("parts").path(0).path("removed").asInt())
                .isEqualTo(1);
    }

    @Test
    void values_are_copied_to_objects_that_can_be_listed_read_and_deleted() {
        put("a/b", KvEntry.of(Bytes.parseHex("00ff")));
        put("c", KvEntry.of("3"));

        var copied = done(
                "/api/keys/" + here + "/bulk-r2-copy",
                "{\"keys\":[\"a/b\",\"c\",\"none\"],\"prefix\":\"copies/2026/\"}");
        var all = done("/api/keys/" + here + "/bulk-r2-copy", "{\"filter\":{\"prefix\":\"c\"}}");

        assertThat(copied.path("operation_type").asText()).isEqualTo("r2_copy");
        assertThat(copied.path("processed_keys").asLong()).isEqualTo(3);
        assertThat(copied.path("error_count").asLong()).isEqualTo(1);
        assertThat(all.path("processed_keys").asLong()).isEqualTo(1);
        var objects = manager.send("GET", "/api/r2-objects/" + here).result().path("objects");
        assertThat(objects.findValuesAsText("path")).containsExactly("c", "copies/2026/a/b", "copies/2026/c");
        var read = manager.send("GET", "/api/r2-objects/" + here + "/copies/2026/a%2Fb");
        assertThat(read.body().toHex()).isEqualTo("00ff");
        assertThat(manager.send("GET", "/api/r2-objects/" + there + "/copies/2026/c")
                        .status())
                .isEqualTo(404);
        manager.send("DELETE", "/api/r2-objects/" + here + "/c");
        assertThat(manager.send("GET", "/api/r2-objects/" + here + "/c").status())
                .isEqualTo(404);
        assertThat(manager.send("POST", "/api/keys/" + here + "/bulk-r2-copy", "{\"keys\":[],\"prefix\":\"/up\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void copies_to_objects_that_failed_are_made_again() {
        put("a", KvEntry.of("1"));
        var copied = done("/api/keys/" + here + "/bulk-r2-copy", "{\"keys\":[\"a\",\"late\"],\"prefix\":\"copies\"}");
        put("late", KvEntry.of("2"));
        put("other", KvEntry.of("3"));

        var again = done("/api/jobs/" + copied.path("job_id").asText() + "/retry", "");

        assertThat(copied.path("error_count").asLong()).isEqualTo(1);
        assertThat(again.path("operation_type").asText()).isEqualTo("r2_copy");
        assertThat(again.path("processed_keys").asLong()).isEqualTo(1);
        assertThat(again.path("error_count").asLong()).isZero();
        var objects = manager.send("GET", "/api/r2-objects/" + here).result().path("objects");
        assertThat(objects.findValuesAsText("path")).containsExactly("copies/a", "copies/late");
        assertThat(manager.send("POST", "/api/jobs/" + again.path("job_id").asText() + "/retry")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_dry_run_of_copies_to_objects_names_the_objects_that_are_there() {
        put("a", KvEntry.of("1"));
        put("b", KvEntry.of("2"));
        done("/api/keys/" + here + "/bulk-r2-copy", "{\"keys\":[\"b\"],\"prefix\":\"copies\"}");
        var route = "/api/keys/" + here + "/bulk-r2-copy?dry_run=true";

        var named = manager.send("POST", route, "{\"keys\":[\"a\",\"b\"],\"prefix\":\"copies\"}")
                .result();
        var elsewhere = manager.send("POST", route, "{\"filter\":{},\"prefix\":\"other\"}")
                .result();

        assertThat(named.path("existing").asInt()).isEqualTo(2);
        assertThat(named.path("conflicts").toString()).isEqualTo("[\"b\"]");
        assertThat(elsewhere.path("existing").asInt()).isEqualTo(2);
        assertThat(elsewhere.path("conflicting").asInt()).isZero();
    }

    @Test
    void health_counts_the_backups_that_are_there() {
        var none = manager.send("GET", "/api/health").json().path("storage");
        done("/api/r2-backup/" + here, "");
        done("/api/r2-backup/batch", "{\"namespace_ids\":[\"" + here + "\",\"" + there + "\"]}");

        var health = manager.send("GET", "/api/health").json().path("storage");

        assertThat(none.toString()).isEqualTo("{\"backupCoverage\":0,\"totalBackups\":0,\"lastBackupDate\":null}");
        assertThat(health.path("backupCoverage").asInt()).isEqualTo(2);
        assertThat(health.path("totalBackups").asInt()).isEqualTo(3);
        assertThat(health.path("lastBackupDate").asText()).endsWith("Z");
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
