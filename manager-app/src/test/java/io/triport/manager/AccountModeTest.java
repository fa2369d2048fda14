package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.launch.StartMode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A manager that shows the namespaces of an account elsewhere: here, of another manager, by its API for Cloudflare's clients. */
@Timeout(120)
final class AccountModeTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    private static final String REMOTE = "/client/v4/accounts/" + ACCOUNT + "/storage/kv/namespaces";

    private final ManagerUnderTest upstream = ManagerUnderTest.start();
    private final ManagerUnderTest manager = ManagerUnderTest.over(upstream, ACCOUNT);

    @AfterEach
    void stop() {
        manager.close();
        upstream.close();
    }

    private String create(String title) {
        return manager.send("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                .result()
                .path("id")
                .asText();
    }

    private JsonNode done(String method, String route, String body) {
        var answer = manager.send(method, route, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return JobWorld.ended(manager, answer.result().path("job_id").asText());
    }

    private String there(String namespace, String key) {
        return upstream.send("GET", REMOTE + "/" + namespace + "/values/" + key).text();
    }

    @Test
    void a_namespace_is_made_renamed_and_dropped_in_the_account() {
        var here = create("here");

        assertThat(upstream.send("GET", REMOTE + "/" + here)
                        .result()
                        .path("title")
                        .asText())
                .isEqualTo("here");
        assertThat(manager.send("PATCH", "/api/namespaces/" + here + "/rename", "{\"title\":\"other\"}")
                        .status())
                .isEqualTo(200);
        assertThat(upstream.send("GET", REMOTE + "/" + here)
                        .result()
                        .path("title")
                        .asText())
                .isEqualTo("other");
        assertThat(manager.send("DELETE", "/api/namespaces/" + here).status()).isEqualTo(200);
        assertThat(upstream.send("GET", REMOTE + "/" + here).status()).isEqualTo(404);
    }

    @Test
    void a_key_of_any_name_goes_to_the_account_and_comes_from_there() {
        var namespace = create("CACHE");

        var put = manager.send(
                "PUT",
                "/api/keys/" + namespace + "/..%2Fa%252Fb%2F%2Fc",
                "{\"value\":\"v\",\"metadata\":{\"m\":1},\"expiration_ttl\":3600}");
        var bytes = manager.send(
                "PUT",
                "/api/keys/" + namespace + "/bytes/raw",
                Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN),
                Bytes.parseHex("00fe01"));

        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(bytes.status()).as(bytes.text()).isEqualTo(200);
        assertThat(there(namespace, "..%2Fa%252Fb%2F%2Fc")).isEqualTo("v");
        var read = manager.send("GET", "/api/keys/" + namespace + "/bytes").result();
        assertThat(read.path("encoding").asText()).isEqualTo("base64");
        var listed =
                manager.send("GET", "/api/keys/" + namespace + "/list").result().path("keys");
        assertThat(listed.path(0).path("name").asText()).isEqualTo("../a%2Fb//c");
        assertThat(listed.path(0).path("metadata").path("m").asInt()).isEqualTo(1);
        assertThat(listed.path(0).path("expiration").asLong()).isPositive();
    }

    @Test
    void an_edit_is_guarded_against_what_was_written_there_and_may_be_undone_there() {
        var namespace = create("CACHE");
        manager.send("PUT", "/api/keys/" + namespace + "/k", "{\"value\":\"one\"}");
        var tag = manager.send("GET", "/api/keys/" + namespace + "/k").header("ETag");
        upstream.send("PUT", REMOTE + "/" + namespace + "/values/k", "two");

        var late = manager.send(
                "PUT",
                "/api/keys/" + namespace + "/k",
                Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, "If-Match", tag),
                Bytes.utf8("{\"value\":\"three\"}"));
        manager.send("PUT", "/api/keys/" + namespace + "/k", "{\"value\":\"four\"}");
        var undone = manager.send("POST", "/api/backup/" + namespace + "/k/undo");

        assertThat(late.status()).isEqualTo(409);
        assertThat(undone.status()).isEqualTo(200);
        assertThat(there(namespace, "k")).isEqualTo("two");
        var audit = manager.send("GET", "/api/audit/" + namespace).result();
        assertThat(audit.path(0).path("operation").asText()).isEqualTo("restore_backup");
    }

    @Test
    void what_was_written_there_is_found_when_the_index_was_brought_in_step() {
        var namespace = create("CACHE");
        var pairs = new StringBuilder("[");
        for (var i = 0; i < 1_500; i++) {
            pairs.append(i == 0 ? "" : ",").append("{\"key\":\"user:").append(i).append("\",\"value\":\"v\"}");
        }
        upstream.send("PUT", REMOTE + "/" + namespace + "/bulk", pairs + "]");
        var before = manager.send("GET", "/api/search?query=user:14&namespaceId=" + namespace)
                .result();

        var synced = manager.send("POST", "/api/admin/sync-keys/" + namespace).result();

        assertThat(before).isEmpty();
        assertThat(synced.path("total_keys").asLong()).isEqualTo(1_500);
        assertThat(synced.path("synced").asLong()).isEqualTo(1_500);
        assertThat(manager.send("GET", "/api/search?query=user:1499&namespaceId=" + namespace)
                        .result())
                .hasSize(1);
        assertThat(manager.send("POST", "/api/admin/sync-keys/" + namespace)
                        .result()
                        .path("synced")
                        .asLong())
                .isZero();
    }

    @Test
    void jobs_do_their_work_in_the_account() {
        var namespace = create("from");
        var other = create("to");
        upstream.send(
                "PUT",
                REMOTE + "/" + namespace + "/bulk",
                "[{\"key\":\"a\",\"value\":\"AP4=\",\"base64\":true,\"metadata\":[1]},{\"key\":\"b\",\"value\":\"2\"}]");

        var copied = done(
                "POST",
                "/api/keys/" + namespace + "/bulk-copy",
                "{\"keys\":[\"a\",\"b\",\"none\"],\"target_namespace_id\":\"" + other + "\"}");
        var tagged = done("POST", "/api/metadata/" + other + "/bulk-tag", "{\"keys\":[\"a\"],\"tags\":[\"red\"]}");
        var expiring = done("POST", "/api/keys/" + other + "/bulk-ttl", "{\"keys\":[\"b\"],\"expiration_ttl\":600}");
        var deleted = done("POST", "/api/keys/" + namespace + "/bulk-delete", "{\"keys\":[\"a\"]}");

        assertThat(copied.path("status").asText()).isEqualTo("completed");
        assertThat(copied.path("error_count").asLong()).isEqualTo(1);
        assertThat(upstream.send("GET", REMOTE + "/" + other + "/values/a")
                        .body()
                        .toHex())
                .isEqualTo("00fe");
        assertThat(upstream.send("GET", REMOTE + "/" + other + "/metadata/a")
                        .result()
                        .toString())
                .isEqualTo("[1]");
        assertThat(tagged.path("error_count").asLong()).isZero();
        assertThat(expiring.path("error_count").asLong()).isZero();
        assertThat(upstream.send("GET", REMOTE + "/" + other + "/values/b").header("expiration"))
                .matches("[0-9]{10}");
        assertThat(deleted.path("status").asText()).isEqualTo("completed");
        assertThat(upstream.send("GET", REMOTE + "/" + namespace + "/values/a").status())
                .isEqualTo(404);
    }

    @Test
    void an_export_is_imported_whole_into_another_namespace_of_the_account() {
        var namespace = create("from");
        var other = create("to");
        upstream.send(
                "PUT",
                REMOTE + "/" + namespace + "/bulk",
                "[{\"key\":\"a/\u20ac\",\"value\":\"AP4=\",\"base64\":true,\"metadata\":{\"m\":1},\"expiration_ttl\":3600},"
                    + "{\"key\":\"b\",\"value\":\"\"}]");

        var exported = done("POST", "/api/export/" + namespace + "?format=ndjson", "");
        var file = manager.send("GET", exported.path("download_url").asText());
        var imported = done("POST", "/api/import/" + other, file.text());

        assertThat(imported.path("processed_keys").asLong()).isEqualTo(2);
        var keys = upstream.send("GET", REMOTE + "/" + other + "/keys").result();
        assertThat(keys)
                .isEqualTo(
                        upstream.send("GET", REMOTE + "/" + namespace + "/keys").result());
        assertThat(upstream.send("GET", REMOTE + "/" + other + "/values/a%2F%E2%82%AC")
                        .body()
                        .toHex())
                .isEqualTo("00fe");
    }

    @Test
    void while_nobody_listens_there_what_is_known_here_is_shown_and_the_rest_is_unavailable() {
        var namespace = create("CACHE");
        manager.send("PUT", "/api/keys/" + namespace + "/k", "{\"value\":\"1\"}");
        upstream.close();

        var read = manager.send("GET", "/api/keys/" + namespace + "/k");
        var written = manager.send("PUT", "/api/keys/" + namespace + "/k", "{\"value\":\"2\"}");

        assertThat(read.code()).isEqualTo("storage_unavailable");
        assertThat(written.status()).isEqualTo(503);
        assertThat(written.header("Retry-After")).isEqualTo("1");
        assertThat(manager.send("GET", "/api/search").result()).hasSize(1);
        assertThat(manager.send("GET", "/api/audit/" + namespace).status()).isEqualTo(200);
    }

    @Test
    void an_account_without_its_key_is_refused_at_start_and_so_is_plain_http_to_another_machine() {
        assertRefused(Map.of("ACCOUNT_ID", ACCOUNT), "triport: {}", "API_KEY");
        assertRefused(Map.of("API_KEY", "secret-of-the-account"), "triport: {}", "ACCOUNT_ID");
        assertRefused(
                Map.of("ACCOUNT_ID", ACCOUNT, "API_KEY", "secret-of-the-account"),
                "triport: {manager: {remote-account: {address: 'http://192.0.2.1/client/v4'}}}",
                "https");
        for (var linkLocal : List.of("169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]")) {
            assertRefused(
                    Map.of("ACCOUNT_ID", ACCOUNT, "API_KEY", "secret-of-the-account"),
                    "triport: {manager: {remote-account: {address: 'https://" + linkLocal + "/client/v4'}}}",
                    "link-local");
        }
    }

    private static void assertRefused(Map<String, String> environment, String yaml, String named) {
        var all = new HashMap<>(environment);
        all.put("TRIPORT_API_TOKEN", ManagerUnderTest.TOKEN);
        var sources = new Sources(ConfigFile.parse("test.yml", yaml), all, Map.of());
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, Path.of("target"));

        assertThatThrownBy(
                        () -> ManagerConfig.read(sources.root().section("triport"), sources, mode, Randomness.system()))
                .isInstanceOfSatisfying(
                        ConfigError.class,
                        e -> assertThat(e.getMessage()).contains(named).doesNotContain("secret-of-the-account"));
    }
}
