package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.storage.StorageSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the whole manager does on each engine that keeps its data. */
@Timeout(120)
public abstract class EnginesContract {
    private ManagerUnderTest manager;
    private String here;
    private String there;

    /** Data of its own. */
    protected abstract StorageSettings.Engine engine();

    @BeforeEach
    void start() {
        manager = ManagerUnderTest.on(engine());
        here = namespace("here");
        there = namespace("there");
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void keys_are_written_read_listed_renamed_undone_and_deleted() {
        put("a/b", "{\"value\":\"1\",\"metadata\":{\"m\":1}}");
        put("a/b", "{\"value\":\"2\"}");
        manager.send("PUT", "/api/metadata/" + here + "/a%2Fb", "{\"tags\":[\"x\"]}");
        manager.send("PUT", "/api/keys/" + here + "/a%2Fb/color", "{\"color\":\"sky\"}");
        manager.send("POST", "/api/keys/" + here + "/rename", "{\"old_name\":\"a/b\",\"new_name\":\"c\"}");

        assertThat(value("c")).isEqualTo("2");
        assertThat(result("GET", "/api/keys/" + here + "/colors").toString()).isEqualTo("{\"c\":\"sky\"}");
        assertThat(result("GET", "/api/metadata/" + here + "/c").path("tags").toString())
                .isEqualTo("[\"x\"]");
        manager.send("POST", "/api/backup/" + here + "/c/undo");
        assertThat(value("c")).isEqualTo("1");
        manager.send("DELETE", "/api/keys/" + here + "/c");
        assertThat(result("GET", "/api/keys/" + here + "/list").path("keys")).isEmpty();
        assertThat(manager.send("GET", "/api/keys/" + here + "/c").code()).isEqualTo("key_not_found");
        manager.send("POST", "/api/backup/" + here + "/c/undo");
        assertThat(value("c")).isEqualTo("1");
    }

    @Test
    void keys_are_found_by_all_that_is_known_of_them() {
        put("user:1", "{\"value\":\"small\"}");
        put("user:2", "{\"value\":\"" + "large".repeat(100) + "\",\"expiration_ttl\":3600}");
        manager.send(
                "PUT",
                "/api/metadata/" + here + "/user%3A1",
                "{\"tags\":[\"red\"],\"custom_metadata\":{\"team\":\"x\"}}");

        assertThat(found("query=user")).containsExactlyInAnyOrder("user:1", "user:2");
        assertThat(found("tags=red")).containsExactly("user:1");
        assertThat(found("meta.team=x")).containsExactly("user:1");
        assertThat(found("size_min=100")).containsExactly("user:2");
        assertThat(found("has_ttl=true")).containsExactly("user:2");
        assertThat(found("match=regex&query=%5Euser:%5B2-9%5D%24")).containsExactly("user:2");
        assertThat(result("GET", "/api/namespaces/" + here + "/info")
                        .path("first_accessed")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void jobs_change_copy_label_and_delete_keys_and_the_audit_tells_of_each() {
        put("a", "{\"value\":\"1\"}");
        put("b", "{\"value\":\"2\",\"metadata\":{\"m\":2}}");
        var both = "\"keys\":[\"a\",\"b\"]";

        done("POST", "/api/keys/" + here + "/bulk-ttl", "{" + both + ",\"expiration_ttl\":600}");
        done("POST", "/api/metadata/" + here + "/bulk-tag", "{" + both + ",\"tags\":[\"t\"]}");
        done("POST", "/api/keys/" + here + "/bulk-copy", "{" + both + ",\"target_namespace_id\":\"" + there + "\"}");
        done("POST", "/api/keys/" + here + "/bulk-delete", "{" + both + "}");

        assertThat(result("GET", "/api/keys/" + here + "/list").path("keys")).isEmpty();
        var copy = result("GET", "/api/keys/" + there + "/b");
        assertThat(copy.path("metadata").toString()).isEqualTo("{\"m\":2}");
        assertThat(copy.path("expiration").asLong()).isPositive();
        assertThat(texts(result("GET", "/api/audit/" + here), "operation"))
                .contains("bulk_ttl_update", "bulk_tag", "bulk_copy", "bulk_delete", "create");
        assertThat(result("GET", "/api/audit/verify").path("valid").asBoolean()).isTrue();
        assertThat(texts(result("GET", "/api/versions/" + here + "/a").path("versions"), "operation"))
                .containsExactly("bulk_delete", "bulk_ttl_update");
    }

    @Test
    void what_is_exported_is_imported_again_the_same() {
        put("text", "{\"value\":\"\u00e4\",\"metadata\":{\"m\":[1]},\"expiration_ttl\":7200}");
        put("bytes", "{\"value\":\"AP+A\",\"encoding\":\"base64\"}");
        manager.send(
                "PUT", "/api/metadata/" + here + "/text", "{\"tags\":[\"x\",\"y\"],\"custom_metadata\":{\"c\":1}}");

        var job = done("POST", "/api/export/" + here + "?format=ndjson", "");
        var file = manager.send("GET", "/api/jobs/" + job + "/download");
        done("POST", "/api/import/" + there, file.text());

        for (var key : List.of("text", "bytes")) {
            assertThat(result("GET", "/api/keys/" + there + "/" + key))
                    .isEqualTo(result("GET", "/api/keys/" + here + "/" + key));
        }
        assertThat(result("GET", "/api/metadata/" + there + "/text").path("custom_metadata"))
                .isEqualTo(result("GET", "/api/metadata/" + here + "/text").path("custom_metadata"));
        assertThat(result("GET", "/api/keys/" + there + "/list").path("keys")).hasSize(2);
    }

    @Test
    void a_search_within_values_finds_them() {
        put("a", "{\"value\":\"hay needle hay\"}");
        put("b", "{\"value\":\"hay\"}");

        var job = done("POST", "/api/search?in=value&query=needle", "");

        assertThat(texts(result("GET", "/api/jobs/" + job + "/results").path("results"), "key_name"))
                .containsExactly("a");
    }

    @Test
    void an_import_that_skips_leaves_what_is_there() {
        put("a", "{\"value\":\"mine\"}");

        var job = done("POST", "/api/import/" + here + "?collision=skip", """
            [{"name":"a","value":"theirs"},{"name":"b","value":"new"}]\
            """);

        assertThat(value("a")).isEqualTo("mine");
        assertThat(value("b")).isEqualTo("new");
        assertThat(result("GET", "/api/jobs/" + job)
                        .path("result")
                        .path("skipped")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void the_versions_that_jobs_keep_are_as_many_as_the_namespace_says() {
        manager.send(
                "PUT",
                "/api/namespaces/" + here + "/settings",
                "{\"versioning\":{\"enabled\":true,\"max_versions\":2,\"max_age\":0}}");
        put("a", "{\"value\":\"1\"}");

        for (var seconds : List.of(600, 700, 800)) {
            done("POST", "/api/keys/" + here + "/bulk-ttl", "{\"keys\":[\"a\"],\"expiration_ttl\":" + seconds + "}");
        }

        var versions = result("GET", "/api/versions/" + here + "/a").path("versions");
        assertThat(versions).hasSize(2);
    }

    protected final ManagerUnderTest manager() {
        return manager;
    }

    protected final String here() {
        return here;
    }

    protected final String there() {
        return there;
    }

    protected final void put(String key, String body) {
        var name = key.replace(":", "%3A").replace("/", "%2F");
        assertThat(manager.send("PUT", "/api/keys/" + here + "/" + name, body).status())
                .isEqualTo(200);
    }

    protected final String value(String key) {
        return result("GET", "/api/keys/" + here + "/" + key).path("value").asText();
    }

    protected final JsonNode result(String method, String target) {
        return manager.send(method, target).result();
    }

    /** Orders a job. @return its id */
    protected final String order(String method, String target, String body) {
        var answer = manager.send(method, target, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.result().path("job_id").asText();
    }

    /** The same, and waits until it is completed without an error. */
    protected final String done(String method, String target, String body) {
        var job = order(method, target, body);
        var row = JobWorld.ended(manager, job);
        assertThat(row.path("status").asText()).as(row.toString()).isEqualTo("completed");
        assertThat(row.path("error_count").asInt()).isZero();
        return job;
    }

    private String namespace(String title) {
        return manager.send("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                .result()
                .path("id")
                .asText();
    }

    private List<String> found(String query) {
        return texts(result("GET", "/api/search?" + query), "key_name");
    }

    private static List<String> texts(JsonNode rows, String field) {
        var texts = new ArrayList<String>();
        rows.forEach(row -> texts.add(row.path(field).asText()));
        return texts;
    }
}
