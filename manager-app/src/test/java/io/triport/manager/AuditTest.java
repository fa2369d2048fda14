package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuditTest {
    private final ManagerUnderTest manager = ManagerUnderTest.start();
    private final String id = manager.send("POST", "/api/namespaces", "{\"title\":\"CACHE\"}")
            .result()
            .path("id")
            .asText();
    private final String keys = "/api/keys/" + id;

    @AfterEach
    void stop() {
        manager.close();
    }

    private List<String> operations(String target) {
        var operations = new ArrayList<String>();
        manager.send("GET", target)
                .result()
                .forEach(entry -> operations.add(entry.path("operation").asText()));
        return operations;
    }

    @Test
    void every_change_is_told_the_newest_first_and_by_existence() {
        manager.send("PUT", keys + "/k", "{\"value\":\"1\",\"create_backup\":true}");
        manager.send("PUT", keys + "/k", "{\"value\":\"2\"}");
        manager.send("PUT", "/api/metadata/" + id + "/k", "{\"tags\":[\"t\"]}");
        manager.send("POST", keys + "/rename", "{\"old_name\":\"k\",\"new_name\":\"n\"}");
        manager.send("DELETE", keys + "/n");
        manager.send("DELETE", keys + "/n");
        manager.send("POST", "/api/backup/" + id + "/n/undo");
        manager.send("PATCH", "/api/namespaces/" + id + "/rename", "{\"title\":\"NEW\"}");

        assertThat(operations("/api/audit/" + id))
                .containsExactly(
                        "rename_namespace",
                        "restore_backup",
                        "delete",
                        "key_rename",
                        "metadata_update",
                        "update",
                        "create",
                        "create_namespace");
        assertThat(operations("/api/audit/" + id + "?operation=update")).containsExactly("update");
        assertThat(operations("/api/audit/all?limit=1&offset=1")).containsExactly("restore_backup");
        assertThat(operations("/api/audit/user/key%3Abootstrap?limit=2")).hasSize(2);
        assertThat(operations("/api/audit/user/nobody")).isEmpty();
    }

    @Test
    void an_entry_says_who_when_and_by_which_way_and_no_value() {
        manager.send("PUT", keys + "/k", "{\"value\":\"a secret value\"}");
        manager.send(
                "PUT",
                "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces/" + id + "/values/c",
                "a secret value");

        var all = manager.send("GET", "/api/audit/" + id);
        var first = all.result().path(1);

        assertThat(all.text()).doesNotContain("a secret value");
        assertThat(first.path("key_name").asText()).isEqualTo("k");
        assertThat(first.path("namespace_id").asText()).isEqualTo(id);
        assertThat(first.path("user_email").asText()).isEqualTo("key:bootstrap");
        assertThat(first.path("source").asText()).isEqualTo("api");
        assertThat(first.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(first.path("details").isNull()).isTrue();
        assertThat(all.result().path(0).path("source").asText()).isEqualTo("cloudflare-api");
        assertThat(all.result().path(2).path("details").asText()).isEqualTo("{\"title\":\"CACHE\"}");
    }

    @Test
    void the_chain_of_hashes_holds() {
        manager.send("PUT", keys + "/k", "{\"value\":\"1\"}");

        assertThat(manager.send("GET", "/api/audit/verify").result().toString())
                .isEqualTo("{\"valid\":true,\"entries\":2}");
    }

    @Test
    void the_table_has_all_rows_and_no_formulas() {
        manager.send("PUT", keys + "/%3DSUM(A1)%2C%22q%22", "{\"value\":\"1\"}");

        var table = manager.send("GET", "/api/audit/" + id + "/export.csv");

        assertThat(table.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
        assertThat(table.header("Content-Disposition")).startsWith("attachment; filename=\"audit-");
        var lines = table.text().split("\r\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).isEqualTo("Timestamp,User,Operation,Key Name,Namespace,Details");
        assertThat(lines[1]).contains(",create,\"'=SUM(A1),\"\"q\"\"\",CACHE,");
    }

    @Test
    void the_table_goes_on_to_the_last_entry_and_has_only_what_is_asked_for() {
        for (var at = 0; at < 1_100; at++) {
            manager.send("DELETE", keys + "/k");
            manager.send("PUT", keys + "/k/raw", "v");
        }

        var all = manager.send("GET", "/api/audit/" + id + "/export.csv").text().split("\r\n");
        var deletes = manager.send("GET", "/api/audit/" + id + "/export.csv?operation=delete")
                .text()
                .split("\r\n");
        var later = manager.send("GET", "/api/audit/" + id + "/export.csv?from=2100-01-01T00:00:00Z")
                .text();
        var before = manager.send("GET", "/api/audit/" + id + "/export.csv?to=2020-01-01T00:00:00Z")
                .text();

        assertThat(all).hasSize(1 + 1 + 2 * 1_100 - 1);
        assertThat(deletes).hasSize(1 + 1_099);
        assertThat(later).isEqualTo("Timestamp,User,Operation,Key Name,Namespace,Details\r\n");
        assertThat(before).isEqualTo(later);
        assertThat(manager.send("GET", "/api/audit/" + id).result()).hasSize(100);
        assertThat(manager.send("GET", "/api/audit/" + id + "?limit=1000").result())
                .hasSize(1_000);
        assertThat(manager.send("GET", "/api/audit/" + id + "?limit=1001").status())
                .isEqualTo(400);
    }

    @Test
    void what_is_not_there_is_not_told_and_nobody_is_told_who_is_not_known() {
        assertThat(manager.send("GET", "/api/audit/nonsense").code()).isEqualTo("namespace_not_found");
        assertThat(manager.send("GET", "/api/audit/all?source=elsewhere").code())
                .isEqualTo("invalid_argument");
        assertThat(manager.send("GET", "/api/audit/all", Map.of(), Bytes.EMPTY).status())
                .isEqualTo(401);
    }
}
