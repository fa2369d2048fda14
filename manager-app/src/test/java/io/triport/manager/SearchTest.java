package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SearchTest {
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

    private void put(String key, String labels) {
        manager.send("PUT", keys + "/" + key, "{\"value\":\"" + key + "\"}");
        if (!labels.isEmpty()) {
            manager.send("PUT", "/api/metadata/" + id + "/" + key, labels);
        }
    }

    private List<String> names(String query) {
        var names = new ArrayList<String>();
        manager.send("GET", "/api/search" + query)
                .result()
                .forEach(found -> names.add(found.path("key_name").asText()));
        return names;
    }

    @Test
    void a_key_is_found_by_a_literal_part_of_its_name_until_it_is_gone() {
        put("user%3A100%25", "");
        put("user%3A100x", "");
        var both = names("?query=100");
        var literal = names("?query=0%25");
        manager.send("DELETE", keys + "/user%3A100%25");

        assertThat(both).containsExactlyInAnyOrder("user:100%", "user:100x");
        assertThat(literal).containsExactly("user:100%");
        assertThat(names("?query=100")).containsExactly("user:100x");
    }

    @Test
    void a_key_is_found_by_its_tags_and_its_own_metadata() {
        put("a", "{\"tags\":[\"red\",\"big\"],\"custom_metadata\":{\"owner\":{\"team\":\"x\"}}}");
        put("b", "{\"tags\":[\"red\"]}");
        put("c", "");

        assertThat(names("?tags=red,big")).containsExactlyInAnyOrder("a", "b");
        assertThat(names("?tags=red,big&tags_mode=all")).containsExactly("a");
        assertThat(names("?meta.owner.team=x")).containsExactly("a");
        assertThat(names("?match=prefix&query=c")).containsExactly("c");
        assertThat(names("?namespaceId=" + id + "&sort=name&limit=2")).containsExactly("a", "b");
        assertThat(manager.send("GET", "/api/search?limit=1").header("X-Total-Count"))
                .isEqualTo("3");
    }

    @Test
    void each_option_of_a_search_chooses() {
        put("a1", "{\"tags\":[\"red\"],\"custom_metadata\":{\"note\":\"hello world\"}}");
        put("a2", "{\"tags\":[\"blue\"]}");
        manager.send("PUT", keys + "/large", "{\"value\":\"" + "x".repeat(90) + "\"}");
        manager.send("PUT", keys + "/soon", "{\"value\":\"x\",\"expiration_ttl\":120}");
        manager.send("PUT", keys + "/late", "{\"value\":\"x\",\"expiration_ttl\":86400}");
        var hour = Instant.now().plusSeconds(3_600);
        var past = "2020-01-01T00:00:00Z";

        assertThat(names("?match=substring&query=ar")).containsExactly("large");
        assertThat(names("?match=glob&query=a%3F&sort=name")).containsExactly("a1", "a2");
        assertThat(names("?match=regex&query=%5Ea%5B2%5D")).containsExactly("a2");
        assertThat(names("?in=tags&query=re")).containsExactly("a1");
        assertThat(names("?in=metadata&query=hello")).containsExactly("a1");
        assertThat(names("?in=name,tags&query=blu")).containsExactly("a2");
        assertThat(names("?tags=red,blue&tags_mode=none&sort=name")).containsExactly("large", "late", "soon");
        assertThat(names("?size_min=50")).containsExactly("large");
        assertThat(names("?size_max=1&sort=-name")).containsExactly("soon", "late");
        assertThat(names("?has_ttl=true&sort=expiring")).containsExactly("soon", "late");
        assertThat(names("?has_ttl=false&sort=largest&limit=1")).containsExactly("large");
        assertThat(names("?expires_before=" + hour)).containsExactly("soon");
        assertThat(names("?expires_after=" + hour)).containsExactly("late");
        assertThat(names("?created_after=" + past + "&sort=oldest")).hasSize(5).startsWith("a1");
        assertThat(names("?created_before=" + past)).isEmpty();
        assertThat(names("?updated_after=" + past + "&sort=newest")).hasSize(5).startsWith("late");
        assertThat(names("?updated_before=" + past)).isEmpty();
        assertThat(names("?sort=smallest&limit=1&size_min=2")).containsExactly("a1");
        assertThat(names("?prefix=a&sort=name&offset=1")).containsExactly("a2");
        for (var wrong : List.of(
                "match=like&query=x",
                "in=nowhere&query=x",
                "tags=a&tags_mode=most",
                "size_min=-1",
                "size_min=2&size_max=1",
                "has_ttl=maybe",
                "sort=random",
                "created_after=yesterday",
                "limit=1001",
                "match=regex&query=(")) {
            assertThat(manager.send("GET", "/api/search?" + wrong).code())
                    .as(wrong)
                    .isEqualTo("invalid_argument");
        }
    }

    @Test
    void a_walk_by_cursors_finds_each_key_once_whatever_comes_and_goes() {
        for (var key : List.of("a", "b", "c", "d", "e", "f", "g")) {
            put(key, "");
        }
        for (var sort : List.of("name", "-name", "newest", "oldest", "largest", "smallest", "expiring")) {
            var seen = new ArrayList<String>();
            var cursor = "";
            do {
                var page = manager.send("GET", "/api/search?limit=2&sort=" + sort + "&cursor=" + cursor);
                page.result().forEach(found -> seen.add(found.path("key_name").asText()));
                cursor = page.header("x-next-cursor");
                manager.send("DELETE", keys + "/" + seen.getFirst());
                manager.send("PUT", keys + "/" + seen.getFirst(), "{\"value\":\"" + seen.getFirst() + "\"}");
            } while (!cursor.isEmpty());

            assertThat(seen).as(sort).contains("a", "b", "c", "d", "e", "f", "g");
            assertThat(seen.stream().filter(key -> !key.equals(seen.getFirst())))
                    .as(sort)
                    .doesNotHaveDuplicates();
        }
        var other = manager.send("GET", "/api/search?limit=2&sort=name").header("x-next-cursor");
        assertThat(manager.send("GET", "/api/search?limit=2&sort=newest&cursor=" + other)
                        .code())
                .isEqualTo("invalid_argument");
    }

    @Test
    void labels_that_are_not_spoken_of_stay() {
        put("a", "{\"tags\":[\"x\"],\"custom_metadata\":{\"n\":1}}");

        manager.send("PUT", "/api/metadata/" + id + "/a", "{\"tags\":[\"y\"]}");
        manager.send("PUT", keys + "/a", "{\"value\":\"again\"}");
        var read = manager.send("GET", "/api/metadata/" + id + "/a").result();
        var none = manager.send("GET", "/api/metadata/" + id + "/none").result();

        assertThat(read.path("tags").toString()).isEqualTo("[\"y\"]");
        assertThat(read.path("custom_metadata").toString()).isEqualTo("{\"n\":1}");
        assertThat(read.path("created_at").asText()).isNotEmpty();
        assertThat(none.path("tags").toString()).isEqualTo("[]");
        assertThat(none.path("custom_metadata").toString()).isEqualTo("{}");
        assertThat(manager.send("PUT", "/api/metadata/" + id + "/none", "{\"tags\":[]}")
                        .code())
                .isEqualTo("key_not_found");
        assertThat(manager.send("PUT", "/api/metadata/" + id + "/a", "{\"tags\":[\"a,b\"]}")
                        .code())
                .isEqualTo("invalid_argument");
    }

    @Test
    void a_namespace_is_shown_as_a_tree_and_in_numbers() {
        for (var key : new String[] {"a%3A1", "a%3A2", "b"}) {
            put(key, "");
        }
        manager.send("PUT", keys + "/ttl", "{\"value\":\"x\",\"expiration_ttl\":120}");

        var tree = manager.send("GET", keys + "/tree").result();
        var numbers = manager.send("GET", "/api/namespaces/" + id + "/stats").result();
        var info = manager.send("GET", "/api/namespaces/" + id + "/info").result();

        assertThat(tree.path("prefixes").toString()).isEqualTo("[{\"prefix\":\"a:\",\"count\":2}]");
        assertThat(tree.path("keys")).hasSize(2);
        assertThat(numbers.path("key_count").asInt()).isEqualTo(4);
        assertThat(numbers.path("ttl_histogram").path("hour").asInt()).isEqualTo(1);
        assertThat(numbers.path("ttl_histogram").path("none").asInt()).isEqualTo(3);
        assertThat(info.path("estimated_key_count").asInt()).isEqualTo(4);
        assertThat(info.path("keys_with_ttl").asInt()).isEqualTo(1);
        assertThat(info.path("color").isNull()).isTrue();
        assertThat(Instant.parse(info.path("first_accessed").asText()))
                .isBeforeOrEqualTo(Instant.parse(info.path("last_accessed").asText()));
        assertThat(manager.send("POST", "/api/admin/sync-keys/" + id)
                        .result()
                        .path("total_keys")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void a_colour_goes_with_its_key_to_another_name_and_away_with_it() {
        put("a", "");
        put("b", "");
        manager.send("PUT", keys + "/a/color", "{\"color\":\"sky\"}");
        manager.send("PUT", keys + "/b/color", "{\"color\":\"rose\"}");
        manager.send("POST", keys + "/rename", "{\"old_name\":\"a\",\"new_name\":\"c\"}");
        manager.send("DELETE", keys + "/b");

        assertThat(manager.send("GET", keys + "/colors").result().toString()).isEqualTo("{\"c\":\"sky\"}");
    }

    @Test
    void colours_are_given_and_taken_away() {
        put("a", "");
        manager.send("PUT", keys + "/a/color", "{\"color\":\"sky\"}");
        manager.send("PUT", "/api/namespaces/" + id + "/color", "{\"color\":\"rose\"}");
        var ofKeys = manager.send("GET", keys + "/colors").result().toString();
        var ofNamespaces =
                manager.send("GET", "/api/namespaces/colors").result().toString();
        manager.send("PUT", keys + "/a/color", "{\"color\":null}");

        assertThat(ofKeys).isEqualTo("{\"a\":\"sky\"}");
        assertThat(ofNamespaces).isEqualTo("{\"" + id + "\":\"rose\"}");
        assertThat(manager.send("GET", keys + "/colors").result().toString()).isEqualTo("{}");
        assertThat(manager.send("PUT", keys + "/a/color", "{\"color\":\"plaid\"}")
                        .code())
                .isEqualTo("invalid_argument");
    }
}
