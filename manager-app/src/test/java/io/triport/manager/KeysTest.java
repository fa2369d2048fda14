package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeysTest {
    private final ManagerUnderTest manager = ManagerUnderTest.start();
    private final String namespace = manager.send("POST", "/api/namespaces", "{\"title\":\"CACHE\"}")
            .result()
            .path("id")
            .asText();
    private final String keys = "/api/keys/" + namespace;

    @AfterEach
    void stop() {
        manager.close();
    }

    private Map<String, String> with(String name, String value) {
        return Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, name, value);
    }

    @Test
    void a_value_comes_back_with_all_that_belongs_to_it() {
        var written = manager.send(
                "PUT", keys + "/a%2Fb", "{\"value\":\"hello\",\"metadata\":{\"i\":1},\"expiration_ttl\":3600}");
        var read = manager.send("GET", keys + "/a%2Fb");

        assertThat(written.text()).isEqualTo("{\"success\":true}");
        assertThat(read.result().path("name").asText()).isEqualTo("a/b");
        assertThat(read.result().path("value").asText()).isEqualTo("hello");
        assertThat(read.result().path("size").asInt()).isEqualTo(5);
        assertThat(read.result().path("encoding").asText()).isEqualTo("utf8");
        assertThat(read.result().path("metadata").toString()).isEqualTo("{\"i\":1}");
        assertThat(read.result().path("expiration").asLong()).isPositive();
        assertThat(read.header("ETag")).isNotEmpty();
    }

    @Test
    void bytes_that_are_no_text_are_not_bent_into_one() {
        manager.send("PUT", keys + "/bin", "{\"value\":\"AP97\",\"encoding\":\"base64\"}");

        var read = manager.send("GET", keys + "/bin").result();

        assertThat(read.path("encoding").asText()).isEqualTo("base64");
        assertThat(read.path("value").asText()).isEqualTo("AP97");
        assertThat(manager.send("GET", keys + "/bin/raw").body().toHex()).isEqualTo("00ff7b");
    }

    @Test
    void metadata_that_is_not_spoken_of_stays_and_null_takes_it_away() {
        manager.send("PUT", keys + "/k", "{\"value\":\"1\",\"metadata\":{\"a\":1}}");
        manager.send("PUT", keys + "/k", "{\"value\":\"2\"}");
        var kept = manager.send("GET", keys + "/k").result();
        manager.send("PUT", keys + "/k", "{\"value\":\"3\",\"metadata\":null}");
        var cleared = manager.send("GET", keys + "/k").result();

        assertThat(kept.path("metadata").toString()).isEqualTo("{\"a\":1}");
        assertThat(cleared.path("metadata").isNull()).isTrue();
    }

    @Test
    void an_expiration_stays_where_that_is_wished_and_goes_where_it_is_not() {
        manager.send("PUT", keys + "/k", "{\"value\":\"1\",\"expiration_ttl\":3600}");
        manager.send("PUT", keys + "/k", "{\"value\":\"2\",\"keep_expiration\":true}");
        var kept = manager.send("GET", keys + "/k").result();
        manager.send("PUT", keys + "/k", "{\"value\":\"3\"}");
        var cleared = manager.send("GET", keys + "/k").result();

        assertThat(kept.path("expiration").asLong()).isPositive();
        assertThat(cleared.has("expiration")).isFalse();
    }

    @Test
    void what_is_wrong_with_a_value_is_said_and_nothing_is_written() {
        var codes = Map.of(
                "{}",
                "invalid_argument",
                "{\"value\":1}",
                "invalid_argument",
                "{oops",
                "invalid_json",
                "{\"value\":\"x\",\"expiration_ttl\":59}",
                "ttl_too_small",
                "{\"value\":\"x\",\"expiration\":1}",
                "ttl_too_small",
                "{\"value\":\"x\",\"expiration_ttl\":\"60\"}",
                "invalid_argument",
                "{\"value\":\"x\",\"value\":\"y\"}",
                "invalid_json",
                "{\"value\":\"%%\",\"encoding\":\"base64\"}",
                "invalid_argument",
                "{\"value\":\"x\",\"metadata\":\"" + "m".repeat(1_023) + "\"}",
                "metadata_too_large");

        codes.forEach((body, code) -> assertThat(
                        manager.send("PUT", keys + "/k", body).code())
                .as(body)
                .isEqualTo(code));
        assertThat(manager.send("PUT", keys + "/" + "k".repeat(513), "{\"value\":\"x\"}")
                        .code())
                .isEqualTo("key_too_long");
        assertThat(manager.send("GET", keys + "/k").code()).isEqualTo("key_not_found");
    }

    @Test
    void a_tag_guards_a_write_and_a_delete() {
        var first = manager.send("PUT", keys + "/k", "{\"value\":\"1\"}").header("ETag");
        var second = manager.send("PUT", keys + "/k", with("If-Match", first), Bytes.utf8("{\"value\":\"2\"}"));
        var stale = manager.send("PUT", keys + "/k", with("If-Match", first), Bytes.utf8("{\"value\":\"3\"}"));
        var there = manager.send("PUT", keys + "/k", with("If-None-Match", "*"), Bytes.utf8("{\"value\":\"4\"}"));
        var staleDelete = manager.send("DELETE", keys + "/k", with("If-Match", first), Bytes.EMPTY);
        var deleted = manager.send("DELETE", keys + "/k", with("If-Match", second.header("ETag")), Bytes.EMPTY);

        assertThat(second.status()).isEqualTo(200);
        assertThat(stale.code()).isEqualTo("version_conflict");
        assertThat(there.code()).isEqualTo("version_conflict");
        assertThat(staleDelete.code()).isEqualTo("version_conflict");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(manager.send("GET", keys + "/k").status()).isEqualTo(404);
    }

    @Test
    void a_list_goes_on_where_the_page_before_stopped() {
        for (var name : new String[] {"b", "a", "c"}) {
            manager.send("PUT", keys + "/" + name, "{\"value\":\"1\"}");
        }

        var first = manager.send("GET", keys + "/list?limit=2&_t=1").result();
        var second = manager.send(
                        "GET",
                        keys + "/list?limit=2&cursor=" + first.path("cursor").asText())
                .result();

        assertThat(first.path("keys").toString()).isEqualTo("[{\"name\":\"a\"},{\"name\":\"b\"}]");
        assertThat(first.path("list_complete").asBoolean()).isFalse();
        assertThat(second.path("keys").toString()).isEqualTo("[{\"name\":\"c\"}]");
        assertThat(second.path("list_complete").asBoolean()).isTrue();
        assertThat(second.has("cursor")).isFalse();
    }

    @Test
    void a_key_called_as_a_route_is_reached_as_bytes() {
        manager.send("PUT", keys + "/list/raw", "bytes");

        assertThat(manager.send("GET", keys + "/list/raw").text()).isEqualTo("bytes");
        assertThat(manager.send("GET", keys + "/list").result().path("keys")).hasSize(1);
    }

    @Test
    void bytes_are_read_in_ranges() {
        manager.send("PUT", keys + "/k/raw", "0123456789");

        var middle = manager.send("GET", keys + "/k/raw", with("Range", "bytes=2-4"), Bytes.EMPTY);
        var end = manager.send("GET", keys + "/k/raw", with("Range", "bytes=-3"), Bytes.EMPTY);
        var beyond = manager.send("GET", keys + "/k/raw", with("Range", "bytes=10-"), Bytes.EMPTY);

        assertThat(middle.status()).isEqualTo(206);
        assertThat(middle.text()).isEqualTo("234");
        assertThat(middle.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(end.text()).isEqualTo("789");
        assertThat(beyond.status()).isEqualTo(416);
    }

    @Test
    void many_are_read_at_once() {
        manager.send("PUT", keys + "/a", "{\"value\":\"1\"}");

        var values = manager.send("POST", keys + "/bulk-get", "{\"keys\":[\"a\",\"b\"]}")
                .result()
                .path("values");

        assertThat(values.path("a").path("value").asText()).isEqualTo("1");
        assertThat(values.path("b").isNull()).isTrue();
    }

    @Test
    void a_namespace_that_is_not_there_is_not_found_on_all_its_routes() {
        for (var target : new String[] {"/api/keys/" + "0".repeat(32) + "/list", "/api/keys/nonsense/list"}) {
            assertThat(manager.send("GET", target).code()).isEqualTo("namespace_not_found");
        }
        assertThat(manager.send("DELETE", "/api/namespaces/" + "0".repeat(32)).code())
                .isEqualTo("namespace_not_found");
    }

    @Test
    void titles_are_unique_and_not_empty() {
        assertThat(manager.send("POST", "/api/namespaces", "{\"title\":\"CACHE\"}")
                        .status())
                .isEqualTo(409);
        assertThat(manager.send("POST", "/api/namespaces", "{\"title\":\"\"}").status())
                .isEqualTo(400);
        assertThat(manager.send("POST", "/api/namespaces", "{}").status()).isEqualTo(400);
        assertThat(manager.send("PATCH", "/api/namespaces/" + namespace + "/rename", "{\"title\":\"NEW\"}")
                        .result()
                        .path("title")
                        .asText())
                .isEqualTo("NEW");
    }
}
