package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.manager.ManagerUnderTest.Answer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Vector indexes by Cloudflare's API. Each test has an index of its own. */
final class CloudflareVectorizeTest {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/vectorize/v2/indexes";

    private static ManagerUnderTest manager;

    @BeforeAll
    static void start() {
        manager = ManagerUnderTest.start(
                "triport: {manager: {api-key-pepper: [\"${env:PEPPER}\"], vectors: {enabled: true}}}",
                Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    private static Answer post(String path, String body) {
        return manager.send("POST", path, body);
    }

    /** An index of two dimensions. @return its path */
    private static String index(String name) {
        var made = post(ALL, "{\"name\":\"" + name + "\",\"config\":{\"dimensions\":2,\"metric\":\"euclidean\"}}");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return ALL + "/" + name;
    }

    private static int number(Answer answer) {
        return answer.json().path("errors").path(0).path("code").asInt();
    }

    private static List<String> ids(Answer answer, String list) {
        var ids = new ArrayList<String>();
        answer.result().path(list).forEach(one -> ids.add(one.path("id").asText()));
        return ids;
    }

    @Test
    void an_index_is_made_found_listed_and_dropped() {
        var path = index("mine");

        var listed = manager.send("GET", ALL);
        var taken = post(ALL, "{\"name\":\"mine\",\"config\":{\"dimensions\":3,\"metric\":\"cosine\"}}");
        var found = manager.send("GET", path);
        var dropped = manager.send("DELETE", path);

        assertThat(listed.result()).extracting(one -> one.path("name").asText()).contains("mine");
        assertThat(found.result().path("config").toString()).isEqualTo("{\"dimensions\":2,\"metric\":\"euclidean\"}");
        assertThat(taken.status()).isEqualTo(400);
        assertThat(number(taken)).isEqualTo(3002);
        assertThat(dropped.result().isNull()).isTrue();
        assertThat(manager.send("GET", path).status()).isEqualTo(404);
        assertThat(number(post(path + "/query", "{\"vector\":[1,2]}"))).isEqualTo(3000);
        assertThat(manager.send("GET", "/api/audit/all").text()).contains("create_vector_index", "delete_vector_index");
    }

    @Test
    void an_index_has_the_shape_of_a_model_that_is_named() {
        var made = post(ALL, "{\"name\":\"preset\",\"config\":{\"preset\":\"@cf/baai/bge-base-en-v1.5\"}}");
        var both =
                post(ALL, "{\"name\":\"both\",\"config\":{\"preset\":\"@cf/baai/bge-base-en-v1.5\",\"dimensions\":3}}");

        assertThat(made.result().path("config").toString()).isEqualTo("{\"dimensions\":768,\"metric\":\"cosine\"}");
        assertThat(both.status()).isEqualTo(400);
    }

    @Test
    void what_was_inserted_is_found_and_stays_when_it_is_inserted_again() {
        var path = index("inserted");
        var lines = "{\"id\":\"a\",\"values\":[1,0],\"metadata\":{\"n\":1.50}}\n{\"id\":\"b\",\"values\":[3,0]}\n";

        var first = post(path + "/insert", lines);
        post(path + "/insert", "{\"id\":\"a\",\"values\":[9,9]}");
        var matches = post(path + "/query", "{\"vector\":[0,0],\"returnValues\":true,\"returnMetadata\":\"all\"}");

        assertThat(first.result().path("mutationId").isTextual())
                .as(first.text())
                .isTrue();
        assertThat(matches.text())
                .endsWith("\"result\":{\"count\":2,\"matches\":["
                        + "{\"id\":\"a\",\"values\":[1.0,0.0],\"metadata\":{\"n\":1.50},\"score\":1.0},"
                        + "{\"id\":\"b\",\"values\":[3.0,0.0],\"score\":3.0}]}}");
    }

    @Test
    void what_is_upserted_takes_the_place_of_what_was_there() {
        var path = index("upserted");

        post(path + "/upsert", "{\"id\":\"a\",\"values\":[1,0],\"namespace\":\"n\"}");
        post(path + "/upsert", "{\"id\":\"a\",\"values\":[0,2]}");
        var read = post(path + "/get_by_ids", "{\"ids\":[\"a\",\"missing\"]}");

        assertThat(read.text()).endsWith("\"result\":[{\"id\":\"a\",\"values\":[0.0,2.0]}]}");
    }

    @Test
    void more_than_the_port_takes_at_once_are_written_in_batches() {
        var path = index("many");
        var lines = IntStream.range(0, 2_500)
                .mapToObj(i -> "{\"id\":\"v%04d\",\"values\":[%d,1]}".formatted(i, i))
                .collect(Collectors.joining("\n"));

        var written = post(path + "/upsert", lines);
        var info = manager.send("GET", path + "/info").result();

        assertThat(written.status()).as(written.text()).isEqualTo(200);
        assertThat(info.path("vectorCount").asInt()).isEqualTo(2_500);
        assertThat(info.path("dimensions").asInt()).isEqualTo(2);
        assertThat(info.path("processedUpToMutation"))
                .isEqualTo(written.result().path("mutationId"));
    }

    @Test
    void a_bad_line_is_an_error_with_its_number_or_is_left_out() {
        var path = index("lines");
        var lines = "{\"id\":\"a\",\"values\":[1,0]}\nnonsense\n{\"id\":\"b\",\"values\":[1,1]}";

        var refused = post(path + "/upsert", lines);
        var nothing = manager.send("GET", path + "/info").result().path("vectorCount");
        var taken = post(path + "/upsert?unparsable-behavior=discard", lines);
        var unknown = post(path + "/upsert?unparsable-behavior=guess", lines);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("line 2");
        assertThat(nothing.asInt()).isZero();
        assertThat(taken.status()).isEqualTo(200);
        assertThat(ids(manager.send("GET", path + "/list"), "vectors")).containsExactly("a", "b");
        assertThat(unknown.status()).isEqualTo(400);
    }

    @Test
    void vectors_may_come_as_a_form() {
        var path = index("form");
        var body = String.join(
                "\r\n",
                "--b",
                "Content-Disposition: form-data; name=\"vectors\"; filename=\"v.ndjson\"",
                "",
                "{\"id\":\"a\",\"values\":[1,0]}",
                "--b--",
                "");
        var headers = Map.of(
                "Authorization", "Bearer " + ManagerUnderTest.TOKEN, "Content-Type", "multipart/form-data; boundary=b");

        var sent = manager.send("POST", path + "/insert", headers, Bytes.utf8(body));

        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        assertThat(ids(manager.send("GET", path + "/list"), "vectors")).containsExactly("a");
    }

    @Test
    void a_vector_of_another_shape_is_refused_with_the_reason() {
        var path = index("shape");

        var asked = post(path + "/query", "{\"vector\":[1,2,3]}");
        var written = post(path + "/insert", "{\"id\":\"a\",\"values\":[1]}");
        var far = post(path + "/query", "{\"vector\":[1e39,0]}");

        assertThat(asked.status()).isEqualTo(400);
        assertThat(number(asked)).isEqualTo(40006);
        assertThat(asked.text()).contains("expected 2 dimensions, and got 3 dimensions");
        assertThat(written.text()).contains("expected 2 dimensions, and got 1 dimensions");
        assertThat(far.status()).isEqualTo(400);
    }

    @Test
    void a_filter_asks_for_what_was_indexed_before() {
        var path = index("filtered");
        var made = post(path + "/metadata_index/create", "{\"propertyName\":\"year\",\"indexType\":\"number\"}");
        post(
                path + "/upsert",
                "{\"id\":\"old\",\"values\":[0,1],\"metadata\":{\"year\":1990,\"genre\":\"drama\"}}\n"
                        + "{\"id\":\"new\",\"values\":[0,2],\"namespace\":\"n\",\"metadata\":{\"year\":2020}}");
        var asked = "{\"vector\":[0,0],\"topK\":10,\"returnMetadata\":\"indexed\",\"filter\":%s%s}";

        var newer = post(path + "/query", asked.formatted("{\"year\":{\"$gt\":2000}}", ""));
        var all = post(path + "/query", asked.formatted("{}", ""));
        var within = post(path + "/query", asked.formatted("{}", ",\"namespace\":\"n\""));
        var unindexed = post(path + "/query", asked.formatted("{\"genre\":\"drama\"}", ""));
        var other = post(path + "/metadata_index/create", "{\"propertyName\":\"year\",\"indexType\":\"string\"}");

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(ids(newer, "matches")).containsExactly("new");
        assertThat(newer.result().path("matches").path(0).path("metadata").toString())
                .isEqualTo("{\"year\":2020}");
        assertThat(ids(all, "matches")).containsExactly("old", "new");
        assertThat(ids(within, "matches")).containsExactly("new");
        assertThat(unindexed.status()).isEqualTo(400);
        assertThat(other.status()).isEqualTo(409);
        assertThat(manager.send("GET", path + "/metadata_index/list").result().toString())
                .isEqualTo("{\"metadataIndexes\":[{\"propertyName\":\"year\",\"indexType\":\"number\"}]}");
    }

    @Test
    void a_property_that_is_deleted_is_asked_for_no_more() {
        var path = index("forgotten");
        post(path + "/metadata_index/create", "{\"propertyName\":\"year\",\"indexType\":\"number\"}");

        var deleted = post(path + "/metadata_index/delete", "{\"propertyName\":\"year\"}");
        var again = post(path + "/metadata_index/delete", "{\"propertyName\":\"year\"}");
        var asked = post(path + "/query", "{\"vector\":[0,0],\"filter\":{\"year\":1}}");

        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(404);
        assertThat(number(again)).isEqualTo(40005);
        assertThat(asked.status()).isEqualTo(400);
    }

    @Test
    void more_matches_than_an_answer_may_have_are_refused() {
        var path = index("bounded");

        assertThat(post(path + "/query", "{\"vector\":[0,0],\"topK\":101}").status())
                .isEqualTo(400);
        assertThat(post(path + "/query", "{\"vector\":[0,0],\"topK\":21,\"returnValues\":true}")
                        .status())
                .isEqualTo(400);
        assertThat(post(path + "/query", "{\"vector\":[0,0],\"topK\":100}").status())
                .isEqualTo(200);
    }

    @Test
    void ids_are_listed_page_by_page_and_deleted_are_gone() {
        var path = index("listed");
        post(
                path + "/insert",
                "{\"id\":\"a\",\"values\":[1,0]}\n{\"id\":\"b\",\"values\":[1,0]}\n{\"id\":\"c\",\"values\":[1,0]}");

        var first = manager.send("GET", path + "/list?count=2");
        var cursor = first.result().path("nextCursor").asText();
        var second = manager.send("GET", path + "/list?count=2&cursor=" + cursor);
        var forged = manager.send("GET", path + "/list?cursor=nonsense");
        post(path + "/delete_by_ids", "{\"ids\":[\"b\",\"missing\"]}");

        assertThat(ids(first, "vectors")).containsExactly("a", "b");
        assertThat(first.result().path("isTruncated").asBoolean()).isTrue();
        assertThat(first.result().path("totalCount").asInt()).isEqualTo(3);
        assertThat(ids(second, "vectors")).containsExactly("c");
        assertThat(second.result().has("nextCursor")).isFalse();
        assertThat(forged.status()).isEqualTo(400);
        assertThat(ids(manager.send("GET", path + "/list"), "vectors")).containsExactly("a", "c");
    }

    @Test
    void roles_for_everything_reach_indexes_as_far_as_they_reach_keys() {
        var path = index("roles");
        var line = "{\"id\":\"a\",\"values\":[1,0]}";

        assertThat(status("auditor\"", "POST", path + "/query", "{\"vector\":[0,0]}"))
                .isEqualTo(403);
        assertThat(status("viewer\"", "POST", path + "/query", "{\"vector\":[0,0]}"))
                .isEqualTo(200);
        assertThat(status("viewer\"", "POST", path + "/insert", line)).isEqualTo(403);
        assertThat(status("editor\"", "POST", path + "/insert", line)).isEqualTo(200);
        assertThat(status("editor\"", "DELETE", path, "")).isEqualTo(403);
        assertThat(status("admin\",\"namespaces\":\"roles\"", "DELETE", path, ""))
                .isEqualTo(403);
        assertThat(status("admin\"", "DELETE", path, "")).isEqualTo(200);
    }

    private static int status(String role, String method, String path, String body) {
        var made = post("/api/api-keys", "{\"name\":\"somebody\",\"role\":\"" + role + "}");
        var headers =
                Map.of("Authorization", "Bearer " + made.result().path("key").asText());
        return manager.send(method, path, headers, Bytes.utf8(body)).status();
    }
}
