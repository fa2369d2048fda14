package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.manager.answer.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that must fit a JSON Schema, by whichever way they are written. */
@Timeout(60)
final class SchemaTest {
    private static final Map<String, String> BEARER = Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN);
    private static final String RULES = """
        {"schema":[{"pattern":"user:*","schema":{
          "type":"object","required":["name"],
          "properties":{"name":{"type":"string","pattern":"^[a-z]+$"},"tags":{"items":{"type":"string"}}}}}]}\
        """;

    private final ManagerUnderTest manager = ManagerUnderTest.start();
    private final String id = namespace("here");
    private final String other = namespace("other");
    private final String keys = "/api/keys/" + id;
    private final String account = "/client/v4/accounts/"
            + manager.send("GET", "/client/v4/accounts")
                    .result()
                    .path(0)
                    .path("id")
                    .asText()
            + "/storage/kv/namespaces/" + id;

    @BeforeEach
    void demand() {
        assertThat(manager.send("PUT", "/api/namespaces/" + id + "/settings", RULES)
                        .status())
                .isEqualTo(200);
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void a_value_that_does_not_fit_is_refused_with_the_place_of_what_is_wrong() {
        var answer = put("user%3A1", "{\"name\":\"ann\",\"tags\":[\"a\",2]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("schema_violated");
        assertThat(answer.json().path("details").path("pointer").asText()).isEqualTo("/tags/1");
        assertThat(answer.json().path("details").path("pattern").asText()).isEqualTo("user:*");
        assertThat(answer.json().path("details").path("key").asText()).isEqualTo("user:1");
        assertThat(answer.json().path("error").asText()).contains("/tags/1");
        assertThat(manager.send("GET", keys + "/user%3A1").status()).isEqualTo(404);
    }

    @Test
    void values_that_fit_and_keys_that_no_pattern_fits_are_written() {
        assertThat(put("user%3A1", "{\"name\":\"ann\"}").status()).isEqualTo(200);
        assertThat(put("other", "not json").status()).isEqualTo(200);
        assertThat(put("user%3A1", "{\"name\":\"ANN\"}").code()).isEqualTo("schema_violated");
        assertThat(put("user%3A1", "not json").code()).isEqualTo("schema_violated");
        assertThat(put("user%3A1", "{}").json().path("details").path("pointer").asText())
                .isEmpty();
    }

    @Test
    void it_holds_for_bytes_for_renames_and_for_what_is_brought_back() {
        put("plain", "[]");
        put("user%3A1", "{\"name\":\"ann\"}");
        manager.send("PUT", "/api/namespaces/" + id + "/settings", "{\"schema\":[]}");
        put("user%3A1", "[]");
        put("user%3A1", "{\"name\":\"bob\"}");
        demand();

        assertThat(manager.send("PUT", keys + "/user%3A1/raw", BEARER, Bytes.utf8("[]"))
                        .code())
                .isEqualTo("schema_violated");
        assertThat(manager.send("POST", keys + "/rename", "{\"old_name\":\"plain\",\"new_name\":\"user:2\"}")
                        .code())
                .isEqualTo("schema_violated");
        assertThat(manager.send("POST", "/api/backup/" + id + "/user%3A1/undo").code())
                .isEqualTo("schema_violated");
        assertThat(manager.send("GET", keys + "/user%3A1")
                        .result()
                        .path("value")
                        .asText())
                .isEqualTo("{\"name\":\"bob\"}");
    }

    @Test
    void cloudflares_api_refuses_it_in_its_own_words_and_a_bulk_write_whole() {
        var one = manager.send("PUT", account + "/values/user:1", BEARER, Bytes.utf8("[]"));
        var many = manager.send(
                "PUT", account + "/bulk", "[{\"key\":\"free\",\"value\":\"1\"},{\"key\":\"user:1\",\"value\":\"1\"}]");

        for (var answer : new ManagerUnderTest.Answer[] {one, many}) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("success").asBoolean()).isFalse();
            assertThat(answer.json().path("errors").path(0).path("code").asInt())
                    .isEqualTo(10_422);
            assertThat(answer.json().path("errors").path(0).path("message").asText())
                    .contains("user:*");
        }
        assertThat(manager.send("GET", keys + "/free").status()).isEqualTo(404);
    }

    @Test
    void an_import_tells_of_its_item_and_writes_the_others_and_its_preview_says_so_before() {
        var file =
                "[{\"name\":\"user:1\",\"value\":\"{}\"},{\"name\":\"user:2\",\"value\":\"{\\\"name\\\":\\\"b\\\"}\"}]";
        var preview =
                manager.send("POST", "/api/import/" + id + "/preview", file).result();
        var job = manager.send("POST", "/api/import/" + id, file)
                .result()
                .path("job_id")
                .asText();
        var row = JobWorld.ended(manager, job);

        assertThat(preview.path("invalid").path(0).path("code").asText()).isEqualTo("schema_violated");
        assertThat(preview.path("new").asInt()).isEqualTo(1);
        assertThat(row.path("status").asText()).isEqualTo("completed");
        assertThat(row.path("error_count").asInt()).isEqualTo(1);
        assertError(job, "user:1");
        assertThat(manager.send("GET", keys + "/user%3A2").status()).isEqualTo(200);
        assertThat(manager.send("GET", keys + "/user%3A1").status()).isEqualTo(404);
    }

    @Test
    void a_copy_tells_of_its_item_and_a_move_leaves_it_where_it_is() {
        manager.send("PUT", "/api/keys/" + other + "/user%3A1", "{\"value\":\"[]\"}");
        var job = manager.send(
                        "POST",
                        "/api/migrate/keys",
                        "{\"sourceNamespaceId\":\"" + other + "\",\"targetNamespaceId\":\"" + id
                                + "\",\"keys\":[\"user:1\"],\"cutoverMode\":\"copy_delete\"}")
                .json()
                .path("jobId")
                .asText();
        JobWorld.ended(manager, job);

        assertError(job, "user:1");
        assertThat(manager.send("GET", "/api/keys/" + other + "/user%3A1").status())
                .isEqualTo(200);
        assertThat(manager.send("GET", keys + "/user%3A1").status()).isEqualTo(404);
    }

    @Test
    void what_is_no_schema_that_can_be_held_against_values_is_refused() {
        for (var schema : new String[] {
            "1",
            "{\"type\":\"nonsense\"}",
            "{\"pattern\":\"(a\"}",
            "{\"pattern\":\"(a)\\\\1\"}",
            "{\"patternProperties\":{\"a\":true}}",
            "{\"$ref\":\"#\"}"
        }) {
            var answer = manager.send(
                    "PUT",
                    "/api/namespaces/" + id + "/settings",
                    "{\"schema\":[{\"pattern\":\"*\",\"schema\":" + schema + "}]}");

            assertThat(answer.code()).as(schema).isEqualTo("invalid_argument");
        }
        assertThat(manager.send("PUT", "/api/namespaces/" + id + "/settings", "{\"schema\":7}")
                        .code())
                .isEqualTo("invalid_argument");
        assertThat(manager.send("PUT", "/api/namespaces/" + id + "/settings", "{}")
                        .code())
                .isEqualTo("invalid_argument");
    }

    @Test
    void a_schema_may_be_of_an_older_draft_and_name_parts_of_itself() {
        manager.send(
                "PUT",
                "/api/namespaces/" + id + "/settings",
                "{\"schema\":[{\"pattern\":\"list\",\"schema\":{\"$schema\":\"http://json-schema.org/draft-07/schema#\","
                    + "\"definitions\":{\"n\":{\"type\":\"integer\"}},\"items\":[{\"$ref\":\"#/definitions/n\"}]}}]}");

        assertThat(put("list", "[1,\"a\"]").status()).isEqualTo(200);
        assertThat(put("list", "[\"a\"]").json().path("details").path("pointer").asText())
                .isEqualTo("/0");
    }

    @Test
    void settings_that_are_not_spoken_of_stay() {
        manager.send(
                "PUT", "/api/namespaces/" + id + "/settings", "{\"versioning\":{\"enabled\":true,\"max_versions\":3}}");

        var settings =
                manager.send("GET", "/api/namespaces/" + id + "/settings").result();

        assertThat(settings.path("schema")).isEqualTo(Json.parse(RULES).path("schema"));
        assertThat(settings.path("versioning").path("max_versions").asInt()).isEqualTo(3);
    }

    @Test
    void a_template_sets_versions_and_schema_of_a_new_namespace_and_its_own_keys_must_fit() {
        var settings = "\"settings\":{\"versioning\":{\"enabled\":true,\"max_versions\":5},\"alerts\":[],"
                + RULES.substring(1, RULES.length() - 1) + "}";
        var template = manager.send(
                        "POST",
                        "/api/templates",
                        "{\"name\":\"t\",\"keys\":[{\"name\":\"user:{{n}}\",\"value\":\"{\\\"name\\\":\\\"{{n}}\\\"}\"}],"
                                + settings + "}")
                .result()
                .path("template");
        var made = made(template.path("id").asText(), "ann");
        var unfit = made(template.path("id").asText(), "ANN");

        assertThat(template.path("settings").path("schema"))
                .isEqualTo(Json.parse(RULES).path("schema"));
        assertThat(made.status()).isEqualTo(200);
        var fresh = made.result().path("id").asText();
        assertThat(manager.send("GET", "/api/namespaces/" + fresh + "/settings")
                        .result()
                        .path("versioning")
                        .path("max_versions")
                        .asInt())
                .isEqualTo(5);
        assertThat(manager.send("PUT", "/api/keys/" + fresh + "/user%3A9", "{\"value\":\"1\"}")
                        .code())
                .isEqualTo("schema_violated");
        assertThat(unfit.code()).isEqualTo("schema_violated");
        assertThat(manager.send(
                                "POST",
                                "/api/templates",
                                "{\"name\":\"t\",\"settings\":{\"schema\":[{\"pattern\":\"*\",\"schema\":4}]}}")
                        .code())
                .isEqualTo("invalid_argument");
    }

    private ManagerUnderTest.Answer made(String template, String name) {
        return manager.send(
                "POST",
                "/api/namespaces",
                "{\"title\":\"from " + name + "\",\"template_id\":\"" + template + "\",\"variables\":{\"n\":\"" + name
                        + "\"}}");
    }

    private void assertError(String job, String key) {
        var error = manager.send("GET", "/api/jobs/" + job + "/errors")
                .result()
                .path("errors")
                .path(0);
        assertThat(error.path("key").asText()).isEqualTo(key);
        assertThat(error.path("code").asText()).isEqualTo("schema_violated");
        assertThat(error.path("message").asText()).contains("user:*");
    }

    private ManagerUnderTest.Answer put(String key, String value) {
        return manager.send(
                "PUT", keys + "/" + key, Json.object().put("value", value).toString());
    }

    private String namespace(String title) {
        return manager.send("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                .result()
                .path("id")
                .asText();
    }
}
