package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    @Test
    void a_lifetime_wins_over_a_moment_and_both_are_a_minute_away_at_least() {
        var clock = SettableClock.at("2026-07-01T12:00:00Z");
        try (var other = ManagerUnderTest.start("triport: {}", clock)) {
            var id = other.send("POST", "/api/namespaces", "{\"title\":\"CACHE\"}")
                    .result()
                    .path("id")
                    .asText();
            var now = clock.instant().getEpochSecond();
            var path = "/api/keys/" + id + "/k";

            other.send("PUT", path, "{\"value\":\"1\",\"expiration_ttl\":60,\"expiration\":" + (now + 9_000) + "}");
            var both = other.send("GET", path).result().path("expiration").asLong();
            other.send("PUT", path, "{\"value\":\"1\",\"expiration\":" + (now + 60) + "}");
            var moment = other.send("GET", path).result().path("expiration").asLong();

            assertThat(both).isEqualTo(now + 60);
            assertThat(moment).isEqualTo(now + 60);
            assertThat(other.send("PUT", path, "{\"value\":\"1\",\"expiration\":" + (now + 59) + "}")
                            .code())
                    .isEqualTo("ttl_too_small");
            assertThat(other.send("PUT", path, "{\"value\":\"1\",\"expiration_ttl\":60.5}")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_key_that_is_not_there_is_deleted_all_the_same() {
        assertThat(manager.send("DELETE", keys + "/none").text()).isEqualTo("{\"success\":true}");
    }

    @Test
    void a_list_has_metadata_and_ends_and_begins_where_it_is_told() {
        manager.send("PUT", keys + "/a%3A1", "{\"value\":\"1\",\"metadata\":{\"m\":1},\"expiration_ttl\":600}");
        manager.send("PUT", keys + "/b", "{\"value\":\"1\"}");
        manager.send("PUT", keys + "/%F0%9F%98%80", "{\"value\":\"1\"}");
        manager.send("PUT", keys + "/%EF%BF%AE", "{\"value\":\"1\"}");

        var all = manager.send("GET", keys + "/list").result();
        var some = manager.send("GET", keys + "/list?prefix=a%3A").result().path("keys");

        assertThat(all.path("keys").findValuesAsText("name")).containsExactly("a:1", "b", "\uffee", "\ud83d\ude00");
        assertThat(some).hasSize(1);
        assertThat(some.path(0).path("metadata").toString()).isEqualTo("{\"m\":1}");
        assertThat(some.path(0).path("expiration").asLong()).isPositive();
        for (var wrong : new String[] {"limit=0", "limit=1001", "limit=-1", "limit=ten", "cursor=nonsense"}) {
            assertThat(manager.send("GET", keys + "/list?" + wrong).code())
                    .as(wrong)
                    .isEqualTo("invalid_argument");
        }
    }

    @Test
    void more_than_a_thousand_keys_are_seen_to_the_last() {
        var pairs = new StringBuilder("[{\"key\":\"0\",\"value\":\"\"}");
        for (var at = 1; at < 2_500; at++) {
            pairs.append(",{\"key\":\"").append(at).append("\",\"value\":\"\"}");
        }
        manager.send(
                "PUT",
                "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces/" + namespace + "/bulk",
                pairs + "]");
        var seen = new HashSet<String>();
        var cursor = "";
        do {
            var page = manager.send("GET", keys + "/list?cursor=" + cursor).result();
            seen.addAll(page.path("keys").findValuesAsText("name"));
            cursor = page.path("cursor").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(2_500);
    }

    @Test
    void labels_have_their_bounds_and_go_with_their_key() {
        manager.send("PUT", keys + "/k", "{\"value\":\"1\"}");
        var metadata = "/api/metadata/" + namespace + "/k";
        var hundred =
                IntStream.range(0, 100).mapToObj(tag -> "\"t" + tag + "\"").collect(Collectors.joining(","));
        var mebibyte = "{\"a\":\"" + "x".repeat(1_048_576 - 8) + "\"}";

        for (var good : new String[] {
            "{\"tags\":[" + hundred + "]}",
            "{\"tags\":[\"" + "x".repeat(128) + "\",\"b\",\"a\",\"b\"]}",
            "{\"custom_metadata\":" + mebibyte + "}"
        }) {
            assertThat(manager.send("PUT", metadata, good).status()).isEqualTo(200);
        }
        assertThat(manager.send("GET", metadata).result().path("tags").toString())
                .isEqualTo("[\"" + "x".repeat(128) + "\",\"b\",\"a\"]");
        for (var bad : new String[] {
            "{\"tags\":[" + hundred + ",\"more\"]}",
            "{\"tags\":[\"" + "x".repeat(129) + "\"]}",
            "{\"tags\":[\"\"]}",
            "{\"tags\":[\"a,b\"]}",
            "{\"tags\":[1]}",
            "{\"custom_metadata\":[]}"
        }) {
            assertThat(manager.send("PUT", metadata, bad).code()).as(bad).isEqualTo("invalid_argument");
        }
        assertThat(manager.send(
                                "PUT",
                                metadata,
                                "{\"custom_metadata\":{\"b\":1,\"a\":\"" + "x".repeat(1_048_576) + "\"}}")
                        .code())
                .isEqualTo("metadata_too_large");

        manager.send("DELETE", keys + "/k");
        manager.send("PUT", keys + "/k", "{\"value\":\"2\"}");
        var again = manager.send("GET", metadata).result();
        assertThat(again.path("tags")).isEmpty();
        assertThat(again.path("custom_metadata")).isEmpty();
        assertThat(again.path("namespace_id").asText()).isEqualTo(namespace);
        assertThat(again.path("key_name").asText()).isEqualTo("k");
    }

    @Test
    void a_key_is_found_by_whatever_way_it_was_written() {
        var account = "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces/" + namespace;
        manager.send("PUT", keys + "/own", "{\"value\":\"1\"}");
        manager.send("PUT", account + "/values/theirs", "1");
        manager.send("PUT", account + "/bulk", "[{\"key\":\"many\",\"value\":\"1\"}]");

        var found = manager.send("GET", "/api/search?namespace_id=" + namespace);

        assertThat(found.result().findValuesAsText("key_name")).containsExactly("many", "theirs", "own");
        assertThat(found.header("X-Total-Count")).isEqualTo("3");
        assertThat(manager.send("GET", "/api/search?query=own&namespaceId=" + namespace)
                        .result())
                .hasSize(1);
    }

    @Test
    void a_hundred_keys_are_found_unless_more_are_wished() {
        for (var at = 0; at < 103; at++) {
            manager.send("PUT", keys + "/k" + at + "/raw", "v");
        }

        assertThat(manager.send("GET", "/api/search").result()).hasSize(100);
        assertThat(manager.send("GET", "/api/search?limit=1000").result()).hasSize(103);
        assertThat(manager.send("GET", "/api/search?offset=101").result()).hasSize(2);
    }

    @Test
    void what_a_key_was_is_kept_for_a_day() {
        var clock = SettableClock.at("2026-07-01T12:00:00Z");
        try (var other = ManagerUnderTest.start("triport: {}", clock)) {
            var id = other.send("POST", "/api/namespaces", "{\"title\":\"CACHE\"}")
                    .result()
                    .path("id")
                    .asText();
            other.send("PUT", "/api/keys/" + id + "/k", "{\"value\":\"1\"}");
            other.send("PUT", "/api/keys/" + id + "/k", "{\"value\":\"2\"}");
            clock.advance(Duration.ofHours(24).minusSeconds(1));
            var early = other.send("GET", "/api/backup/" + id + "/k/check").result();
            clock.advance(Duration.ofSeconds(2));

            assertThat(early.path("exists").asBoolean()).isTrue();
            assertThat(other.send("GET", "/api/backup/" + id + "/k/check")
                            .result()
                            .path("exists")
                            .asBoolean(true))
                    .isFalse();
            assertThat(other.send("POST", "/api/backup/" + id + "/k/undo").code())
                    .isEqualTo("backup_not_found");
        }
    }

    @Test
    void a_long_value_is_shown_as_a_short_one_is() {
        var text = "\u00e4\ud83d\ude00\\\"\n\u0001/".repeat(40_000);
        manager.send("PUT", keys + "/text/raw", text);
        manager.send(
                "PUT",
                keys + "/bytes/raw",
                Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN),
                Bytes.copyOf(new byte[] {-1}).concat(Bytes.utf8(text)));
        manager.send("PUT", keys + "/text/raw", text + "!");

        var read = manager.send("GET", keys + "/text").result();
        var bytes = manager.send("GET", keys + "/bytes").result();
        var many = manager.send("POST", keys + "/bulk-get", "{\"keys\":[\"text\",\"none\",\"bytes\"]}")
                .result()
                .path("values");
        var version = manager.send("GET", "/api/versions/" + namespace + "/text")
                .result()
                .path("versions")
                .path(0)
                .path("version")
                .asText();

        assertThat(read.path("value").asText()).isEqualTo(text + "!");
        assertThat(read.path("encoding").asText()).isEqualTo("utf8");
        assertThat(read.path("size").asInt()).isEqualTo(Bytes.utf8(text).size() + 1);
        assertThat(bytes.path("encoding").asText()).isEqualTo("base64");
        assertThat(Base64.getDecoder().decode(bytes.path("value").asText()))
                .hasSize(Bytes.utf8(text).size() + 1)
                .startsWith(-1);
        assertThat(many.path("text")).isEqualTo(read);
        assertThat(many.path("none").isNull()).isTrue();
        assertThat(many.path("bytes")).isEqualTo(bytes);
        var before = manager.send("GET", "/api/versions/" + namespace + "/text/" + version)
                .result();
        assertThat(before.path("value").asText()).isEqualTo(text);
        assertThat(before.path("operation").asText()).isEqualTo("update");
    }
}
