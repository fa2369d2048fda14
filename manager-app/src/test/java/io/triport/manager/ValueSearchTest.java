package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.manager.answer.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Searches within values, which are jobs. */
@Timeout(60)
final class ValueSearchTest {
    private final ManagerUnderTest manager = ManagerUnderTest.start();
    private final String here = namespace("here");
    private final String there = namespace("there");

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void keys_are_found_by_what_stands_in_their_values_in_all_namespaces() {
        put(here, "a", "the quick brown fox");
        put(here, "b", "nothing");
        put(there, "c", "x".repeat(500) + "quick" + "y".repeat(500));

        var found = found("in=value&query=quick", 100);

        assertThat(found).hasSize(2);
        assertThat(found.get(0).path("namespace_id").asText()).isEqualTo(here);
        assertThat(found.get(0).path("key_name").asText()).isEqualTo("a");
        assertThat(found.get(0).path("value_preview").asText()).isEqualTo("the quick brown fox");
        assertThat(found.get(1).path("value_preview").asText())
                .hasSizeLessThanOrEqualTo(160)
                .contains("xquicky");
        assertThat(found.get(1).path("size").asInt()).isEqualTo(1_005);
        assertThat(found.get(1).path("tags").isArray()).isTrue();
    }

    @Test
    void the_text_may_be_a_beginning_a_pattern_or_an_expression_and_bytes_are_no_text() {
        put(here, "a", "alpha 12");
        put(here, "b", "beta");
        manager.send("PUT", "/api/keys/" + here + "/c", "{\"value\":\"//79\",\"encoding\":\"base64\"}");

        assertThat(names("in=value&match=prefix&query=al")).containsExactly("a");
        assertThat(names("in=value&match=glob&query=*et*")).containsExactly("b");
        assertThat(names("in=value&match=regex&query=%5B0-9%5D%2B%24")).containsExactly("a");
        assertThat(names("in=value&query=zzz")).isEmpty();
    }

    @Test
    void the_other_parameters_choose_the_keys() {
        put(here, "a1", "same");
        put(here, "a2", "same, but longer");
        put(here, "b1", "same");
        put(there, "a3", "same");
        manager.send("PUT", "/api/metadata/" + here + "/b1", "{\"tags\":[\"red\"]}");

        assertThat(names("in=value&query=same&prefix=a&namespace_id=" + here)).containsExactly("a1", "a2");
        assertThat(names("in=value&query=same&tags=red")).containsExactly("b1");
        assertThat(names("in=value&query=same&size_min=10")).containsExactly("a2");
    }

    @Test
    void results_come_by_pages() {
        IntStream.range(0, 25).forEach(number -> put(here, "key" + (100 + number), "needle " + number));
        var job = order("in=value&query=needle");

        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = manager.send("GET", "/api/jobs/" + job + "/results?limit=10&cursor=" + cursor)
                    .result();
            assertThat(page.path("results").size()).isBetween(1, 10);
            page.path("results").forEach(row -> seen.add(row.path("key_name").asText()));
            cursor = page.path("cursor").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(25).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void it_ends_when_it_has_read_as_much_as_it_may() {
        var large = "needle" + "x".repeat(700_000);
        for (var key : List.of("a", "b", "c", "d")) {
            put(here, key, large);
        }

        var job = order("in=value&query=needle&max_mebibytes=1");
        var result = manager.send("GET", "/api/jobs/" + job).result();

        assertThat(result.path("status").asText()).isEqualTo("completed");
        assertThat(result.path("operation_type").asText()).isEqualTo("value_search");
        assertThat(result.path("results_url").asText()).isEqualTo("/api/jobs/" + job + "/results");
        assertThat(result.path("result").path("complete").asBoolean(true)).isFalse();
        assertThat(result.path("result").path("ended_by").asText()).isEqualTo("max_bytes");
        assertThat(result.path("result").path("found").asInt()).isEqualTo(2);
        assertThat(manager.send("GET", "/api/jobs/" + order("in=value&query=needle"))
                        .result()
                        .path("result")
                        .path("complete")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void what_cannot_be_searched_is_refused() {
        var export = manager.send("POST", "/api/export/" + here)
                .result()
                .path("job_id")
                .asText();
        JobWorld.ended(manager, export);

        for (var query : List.of(
                "query=x",
                "in=value",
                "in=name,value&query=x",
                "in=value&match=regex&query=(",
                "in=value&query=x&max_mebibytes=0",
                "in=value&query=x&tags_mode=some&tags=a")) {
            assertThat(manager.send("POST", "/api/search?" + query).code())
                    .as(query)
                    .isEqualTo("invalid_argument");
        }
        assertThat(manager.send("GET", "/api/search?in=value&query=x").code()).isEqualTo("invalid_argument");
        assertThat(manager.send("POST", "/api/search?in=value&query=x&namespace_id=" + "0".repeat(32))
                        .code())
                .isEqualTo("namespace_not_found");
        assertThat(manager.send("GET", "/api/jobs/" + export + "/results").status())
                .isEqualTo(404);
        assertThat(manager.send("GET", "/api/jobs/" + order("in=value&query=x") + "/results?cursor=a")
                        .code())
                .isEqualTo("invalid_argument");
    }

    @Test
    void a_search_shows_how_values_begin_where_that_is_wished() {
        put(here, "a", "short");
        put(here, "b", "\u00e4".repeat(400));
        manager.send("PUT", "/api/keys/" + here + "/c", "{\"value\":\"//79\",\"encoding\":\"base64\"}");

        var shown = manager.send("GET", "/api/search?sort=name&preview=true").result();

        assertThat(shown.path(0).path("value_preview").asText()).isEqualTo("short");
        assertThat(shown.path(1).path("value_preview").asText()).isEqualTo("\u00e4".repeat(160));
        assertThat(shown.path(2).has("value_preview")).isFalse();
        assertThat(manager.send("GET", "/api/search").text()).doesNotContain("value_preview");
    }

    private List<String> names(String query) {
        return found(query, 1_000).stream()
                .map(row -> row.path("key_name").asText())
                .toList();
    }

    private List<JsonNode> found(String query, int limit) {
        var rows = new ArrayList<JsonNode>();
        manager.send("GET", "/api/jobs/" + order(query) + "/results?limit=" + limit)
                .result()
                .path("results")
                .forEach(rows::add);
        return rows;
    }

    /** Orders a search and waits for its end. */
    private String order(String query) {
        var answer = manager.send("POST", "/api/search?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var job = answer.result().path("job_id").asText();
        assertThat(job).startsWith("search-");
        JobWorld.ended(manager, job);
        return job;
    }

    private void put(String namespace, String key, String value) {
        manager.send(
                "PUT",
                "/api/keys/" + namespace + "/" + key,
                Json.object().put("value", value).toString());
    }

    private String namespace(String title) {
        return manager.send("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                .result()
                .path("id")
                .asText();
    }
}
