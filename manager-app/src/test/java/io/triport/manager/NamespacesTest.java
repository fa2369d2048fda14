package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class NamespacesTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    /** Has what any of the routes asks for, so that none refuses it for its form. */
    private static final String WHATEVER = """
        {"title": "NEW", "value": "v", "keys": ["k"], "tags": ["t"], "expiration_ttl": 60, "color": "sky",
         "old_name": "k", "new_name": "n", "backupPath": "backups/x/1.json", "versioning": {"enabled": true}}\
        """;

    private final JobWorld world = JobWorld.fresh();
    private final ManagerUnderTest manager =
            ManagerUnderTest.start("triport: {manager: {protected-namespaces: [system-*]}}", world.clock(), world);

    @AfterEach
    void stop() {
        manager.close();
    }

    private String create(String title) {
        return manager.send("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                .result()
                .path("id")
                .asText();
    }

    private List<String> titles(String target) {
        var titles = new ArrayList<String>();
        manager.send("GET", target)
                .result()
                .forEach(one -> titles.add(one.path("title").asText()));
        return titles;
    }

    @Test
    void all_namespaces_are_listed_and_not_the_first_page() {
        var made = IntStream.range(10, 61).mapToObj(number -> "n" + number).toList();
        made.forEach(this::create);

        assertThat(titles("/api/namespaces")).containsExactlyElementsOf(made);
    }

    @Test
    void a_namespace_is_shown_with_all_that_the_contract_has() {
        var id = create("CACHE");
        var empty = manager.send("GET", "/api/namespaces").result().path(0);
        manager.send("PUT", "/api/keys/" + id + "/k", "{\"value\":\"12345\",\"expiration_ttl\":600}");

        var listed = manager.send("GET", "/api/namespaces").result().path(0);
        var info = manager.send("GET", "/api/namespaces/" + id + "/info").result();

        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(empty.path("id").asText()).isEqualTo(id);
        assertThat(empty.path("supports_url_encoding").asBoolean()).isTrue();
        assertThat(empty.path("estimated_key_count").asInt(-1)).isZero();
        assertThat(empty.has("first_accessed")).isFalse();
        assertThat(listed.path("estimated_key_count").asInt()).isEqualTo(1);
        assertThat(listed.path("last_accessed").asText()).endsWith("Z");
        assertThat(info.path("total_bytes").asLong()).isEqualTo(5);
        assertThat(info.path("keys_with_ttl").asLong()).isEqualTo(1);
        assertThat(info.path("title").asText()).isEqualTo("CACHE");
    }

    @Test
    void a_title_has_512_bytes_and_nobody_else_has_it() {
        var id = create("\u00e4".repeat(256));
        var other = create("OTHER");

        assertThat(manager.send("GET", "/api/namespaces/" + id + "/info").status())
                .isEqualTo(200);
        assertThat(manager.send("POST", "/api/namespaces", "{\"title\":\"" + "x".repeat(513) + "\"}")
                        .code())
                .isEqualTo("invalid_argument");
        assertThat(manager.send("PATCH", "/api/namespaces/" + id + "/rename", "{\"title\":\"OTHER\"}")
                        .code())
                .isEqualTo("title_taken");
        assertThat(manager.send("PATCH", "/api/namespaces/" + other + "/rename", "{\"title\":\"\"}")
                        .status())
                .isEqualTo(400);
        assertThat(manager.send("PATCH", "/api/namespaces/" + other + "/rename", "{\"title\":7}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void what_happened_to_a_namespace_stands_in_the_audit_when_it_is_gone() {
        var id = create("CACHE");
        manager.send("PATCH", "/api/namespaces/" + id + "/rename", "{\"title\":\"NEW\"}");
        manager.send("DELETE", "/api/namespaces/" + id);

        var told = manager.send("GET", "/api/audit/all").result();

        assertThat(told.path(0).path("operation").asText()).isEqualTo("delete_namespace");
        assertThat(told.path(1).path("operation").asText()).isEqualTo("rename_namespace");
        assertThat(told.path(1).path("details").asText()).isEqualTo("{\"old_title\":\"CACHE\",\"new_title\":\"NEW\"}");
        assertThat(told.path(2).path("operation").asText()).isEqualTo("create_namespace");
        assertThat(told.path(2).path("namespace_id").asText()).isEqualTo(id);
    }

    @Test
    void with_a_namespace_go_its_keys_and_all_that_was_known_of_them() {
        var id = create("CACHE");
        manager.send("PUT", "/api/keys/" + id + "/k", "{\"value\":\"1\"}");
        manager.send("PUT", "/api/keys/" + id + "/k", "{\"value\":\"2\"}");
        manager.send("PUT", "/api/metadata/" + id + "/k", "{\"tags\":[\"t\"],\"custom_metadata\":{\"a\":1}}");

        var dropped = manager.send("DELETE", "/api/namespaces/" + id);
        var again = create("CACHE");

        assertThat(dropped.text()).isEqualTo("{\"success\":true}");
        assertThat(manager.send("GET", "/api/search").result()).isEmpty();
        assertThat(manager.send("GET", "/api/keys/" + again + "/list").result().path("keys"))
                .isEmpty();
        assertThat(manager.send("GET", "/api/versions/" + again + "/k").result().path("versions"))
                .isEmpty();
        manager.send("PUT", "/api/keys/" + again + "/k", "{\"value\":\"3\"}");
        assertThat(manager.send("GET", "/api/metadata/" + again + "/k").result().path("tags"))
                .isEmpty();
        assertThat(manager.send("GET", "/api/backup/" + again + "/k/check")
                        .result()
                        .path("exists")
                        .asBoolean(true))
                .isFalse();
        assertThat(manager.send("DELETE", "/api/namespaces/" + id).code()).isEqualTo("namespace_not_found");
    }

    @Test
    void a_protected_namespace_is_in_no_list_and_on_no_route() {
        var hidden = world.namespace("system-jobs");
        world.engine().keyValue(new NamespaceTitle("system-jobs")).put(KvKey.of("k"), KvEntry.of("v"), KvCondition.ANY);
        create("CACHE");

        assertThat(titles("/api/namespaces")).containsExactly("CACHE");
        assertThat(titles("/client/v4/accounts/" + ACCOUNT + "/storage/kv/namespaces"))
                .containsExactly("CACHE");
        assertThat(manager.send("GET", "/api/search").result()).isEmpty();
        for (var route : manager.part(RouteTable.class).routes()) {
            var path = route.pattern().toString();
            if (path.contains("{ns}") || path.startsWith("/api/namespaces/{id}")) {
                assertThat(answer(route, path, hidden, WHATEVER).status())
                        .as(route.method() + " " + path)
                        .isEqualTo(404);
            }
        }
        assertThat(manager.send("GET", "/api/keys/" + hidden + "/k").code()).isEqualTo("namespace_not_found");
        assertThat(manager.send("DELETE", "/api/namespaces/" + hidden).code()).isEqualTo("namespace_not_found");
        assertThat(world.engine().keyValue(new NamespaceTitle("system-jobs")).get(KvKey.of("k")))
                .isPresent();
    }

    @Test
    void who_asks_for_what_is_not_there_is_told_so_before_the_form_of_his_request_is_judged() {
        var hidden = world.namespace("system-jobs");
        var wrong = "?limit=none&format=none&collision=none&from=none&prefix=%ff&expiration_ttl=1&page=none";

        for (var body : List.of("", "no json", "{}", "{\"title\": 7, \"keys\": 7}")) {
            for (var id : List.of(hidden, "0".repeat(32))) {
                for (var route : manager.part(RouteTable.class).routes()) {
                    var path = route.pattern().toString();
                    if (path.contains("{ns}") || path.startsWith("/api/namespaces/{id}")) {
                        var answer = answer(route, path + wrong, id, body);
                        assertThat(answer.status())
                                .as(route.method() + " " + path + " " + body + " " + answer.text())
                                .isEqualTo(404);
                    }
                }
            }
        }
        assertThat(manager.send("PUT", "/api/keys/" + create("CACHE") + "/k", "no json")
                        .code())
                .isEqualTo("invalid_json");
        assertThat(manager.send("PUT", "/api/thresholds/__global__", "no json").code())
                .isEqualTo("invalid_json");
    }

    private ManagerUnderTest.Answer answer(Route route, String path, String namespace, String body) {
        var target = path.replace("{ns}", namespace)
                .replace("/namespaces/{id}", "/namespaces/" + namespace)
                .replace("{account}", ACCOUNT)
                .replaceAll("\\{[a-z]+(\\.\\.\\.)?}", "1");
        return manager.send(route.method(), target, route.method().equals("GET") ? "" : body);
    }
}
