package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.manager.answer.Json;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever somebody is granted, and whichever route he asks: no answer names a key that is not his. */
final class RolesPropertyTest {
    private static final List<String> TITLES = List.of("shop-a", "shop-b", "other");
    private static final List<String> PREFIXES = List.of("a:", "a:x:", "b:", "c");

    /** Their ids, in the order of their titles. */
    private static final Map<String, String> IDS = new LinkedHashMap<>();

    /** Keys, each with a name that is nowhere else, by the id of its namespace. */
    private static final Map<String, List<String>> KEYS = new LinkedHashMap<>();

    /** Routes that go on for ever, or that begin with another protocol. */
    private static final List<String> ENDLESS =
            List.of("/api/jobs/stream", "/api/jobs/{id}/ws", "/api/notifications/ws");

    private static final String VALUE = "{\"value\":\"v\"}";

    private static final ManagerUnderTest MANAGER =
            ManagerUnderTest.start("triport: {}", Clock.systemUTC(), StartMode.Credentials.DEVELOPMENT);

    private static Map<String, String> bearer = Map.of();
    private static String subject = "";
    private static String job = "";

    record Right(String role, String namespaces, List<String> prefixes) {
        boolean covers(String title, String key) {
            return (namespaces.equals("*")
                            || namespaces.equals(title)
                            || namespaces.equals("shop-*") && title.startsWith("shop-"))
                    && (prefixes.isEmpty() || prefixes.stream().anyMatch(key::startsWith));
        }

        String json() {
            var node = Json.object().put("role", role).put("namespaces", namespaces);
            node.putObject("subject").put("type", "api_key").put("name", subject);
            var list = node.putArray("key_prefixes");
            prefixes.forEach(list::add);
            return node.toString();
        }
    }

    @BeforeContainer
    static void fill() {
        for (var title : TITLES) {
            var id = admin("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                    .result()
                    .path("id")
                    .asText();
            IDS.put(title, id);
            var names = new ArrayList<String>();
            for (var prefix : PREFIXES) {
                names.add(prefix + "live-" + title);
                names.add(prefix + "gone-" + title);
            }
            KEYS.put(id, names);
            names.forEach(name -> fill(id, name));
            var copied = admin("POST", "/api/keys/" + id + "/bulk-r2-copy", "{\"filter\":{}}");
            JobWorld.ended(MANAGER, copied.result().path("job_id").asText());
            var saved = admin("POST", "/api/r2-backup/" + id, "");
            JobWorld.ended(MANAGER, saved.result().path("job_id").asText());
            assertThat(admin("GET", "/api/r2-objects/" + id, "").text()).contains("a:live-" + title);
        }
        job = admin("POST", "/api/keys/" + IDS.get("other") + "/bulk-ttl", "{\"filter\":{},\"expiration_ttl\":90000}")
                .result()
                .path("job_id")
                .asText();
        JobWorld.ended(MANAGER, job);
        var made = admin("POST", "/api/api-keys", "{\"name\":\"somebody\",\"role\":\"viewer\",\"namespaces\":\"none\"}")
                .result();
        subject = made.path("id").asText();
        bearer = Map.of("Authorization", "Bearer " + made.path("key").asText());
    }

    private static List<String> keys(String id) {
        return KEYS.getOrDefault(id, List.of());
    }

    private static void fill(String id, String name) {
        var path = "/api/keys/" + id + "/" + encoded(name);
        admin("PUT", path, "{\"value\":\"first\"}");
        admin("PUT", path, "{\"value\":\"second\"}");
        admin("PUT", path + "/color", "{\"color\":\"red\"}");
        admin("PUT", "/api/metadata/" + id + "/" + encoded(name), "{\"tags\":[\"tagged\"]}");
        if (name.contains("gone")) {
            admin("DELETE", path, "");
        }
    }

    @AfterContainer
    static void stop() {
        MANAGER.close();
    }

    private static Answer admin(String method, String target, String body) {
        return MANAGER.send(method, target, body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<List<Right>> rights() {
        var right = Combinators.combine(
                        Arbitraries.of("viewer", "editor", "admin", "auditor"),
                        Arbitraries.of("*", "shop-*", "shop-a", "other"),
                        Arbitraries.of(PREFIXES).list().uniqueElements().ofMaxSize(2))
                .as(Right::new);
        return right.list().ofMinSize(1).ofMaxSize(2);
    }

    private static void grant(List<Right> rights) {
        for (var present : admin("GET", "/api/roles", "").result().path("grants")) {
            admin("DELETE", "/api/roles/" + present.path("id").asText(), "");
        }
        for (var right : rights) {
            assertThat(admin("POST", "/api/roles", right.json()).status()).isEqualTo(201);
        }
    }

    private static List<String> outside(List<Right> rights) {
        var names = new ArrayList<String>();
        IDS.forEach((title, id) -> keys(id).stream()
                .filter(key -> rights.stream().noneMatch(right -> right.covers(title, key)))
                .forEach(names::add));
        return names;
    }

    @Property(tries = 25)
    void no_answer_names_a_key_of_somebody_else(@ForAll("rights") List<Right> rights) {
        grant(rights);
        var outside = outside(rights);

        for (var route : MANAGER.part(RouteTable.class).routes()) {
            var path = route.pattern().toString();
            if (route.method().equals("GET") && route.handler() instanceof Route.Guarded && !ENDLESS.contains(path)) {
                for (var id : IDS.values()) {
                    var target = filled(path, id);
                    assertSilent(rights, outside, target, MANAGER.send("GET", target, bearer, Bytes.EMPTY));
                }
            }
        }
        for (var more : List.of(
                "/api/search?query=live",
                "/api/search?match=regex&query=.",
                "/api/search?tags=tagged&sort=largest",
                "/api/audit/all?key=" + encoded("a:live-other"),
                "/api/jobs?user=*",
                "/api/notifications",
                "/api/alerts")) {
            assertSilent(rights, outside, more, MANAGER.send("GET", more, bearer, Bytes.EMPTY));
        }
        for (var id : IDS.values()) {
            for (var more : List.of(
                    "/api/keys/" + id + "/list?details=true",
                    "/api/keys/" + id + "/list?prefix=a",
                    "/api/keys/" + id + "/tree?delimiter=:&prefix=a:",
                    "/api/versions/" + id + "?deleted=true",
                    "/api/audit/" + id + "/export.csv")) {
                assertSilent(rights, outside, more, MANAGER.send("GET", more, bearer, Bytes.EMPTY));
            }
            var dry = "/api/keys/" + id + "/bulk-delete?dry_run=true";
            assertSilent(rights, outside, dry, MANAGER.send("POST", dry, bearer, Bytes.utf8("{\"filter\":{}}")));
        }
    }

    /** Of variables that are not of the namespace, those that a stranger might guess. */
    private static String filled(String path, String id) {
        var foreign = keys(id).getFirst();
        var isJob = path.startsWith("/api/jobs");
        return path.replace("{ns}", id)
                .replace("{id}", isJob ? job : id)
                .replace("{account}", "0123456789abcdef0123456789abcdef")
                .replaceAll("\\{(key|path)(\\.\\.\\.)?}", encoded(foreign))
                .replace("{version}", "1")
                .replace("{email}", encoded("key:bootstrap"))
                .replaceAll("\\{[^}]*}", "x");
    }

    /** What the request names itself the answer may name, too. */
    private static void assertSilent(List<Right> rights, List<String> outside, String target, Answer answer) {
        assertThat(answer.status()).as(target).isNotEqualTo(500);
        var text = answer.text();
        var named = outside.stream()
                .filter(key -> text.contains(key) && !target.contains(encoded(key)))
                .toList();
        assertThat(named).as(rights + " " + target).isEmpty();
        if (outside.stream().anyMatch(key -> target.contains(encoded(key))) && !target.startsWith("/api/audit")) {
            assertThat(answer.status()).as(rights + " " + target).isIn(400, 403, 404);
        }
    }

    @Property(tries = 15)
    void no_request_changes_a_key_of_somebody_else(@ForAll("rights") List<Right> rights) {
        grant(rights);
        IDS.forEach((title, id) -> {
            for (var key : keys(id)) {
                if (key.contains("live") && rights.stream().noneMatch(right -> right.covers(title, key))) {
                    attack(rights, id, key);
                }
            }
        });
    }

    private static void attack(List<Right> rights, String id, String key) {
        var path = "/api/keys/" + id + "/" + encoded(key);
        var cloudflare = "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces/" + id;
        var before = admin("GET", path, "").text();
        var quoted = "\"" + key + "\"";

        for (var attempt : List.of(
                List.of("PUT", path, VALUE),
                List.of("DELETE", path, ""),
                List.of("PUT", path + "/raw", "v"),
                List.of("DELETE", path + "/raw", ""),
                List.of("PUT", path + "/color", "{\"color\":\"blue\"}"),
                List.of("PUT", "/api/metadata/" + id + "/" + encoded(key), "{\"tags\":[\"x\"]}"),
                List.of("POST", "/api/backup/" + id + "/" + encoded(key) + "/undo", ""),
                List.of("POST", "/api/versions/" + id + "/" + encoded(key) + "/1/restore", ""),
                List.of("POST", "/api/keys/" + id + "/rename", "{\"old_name\":" + quoted + ",\"new_name\":\"a:new\"}"),
                List.of("POST", "/api/keys/" + id + "/bulk-get", "{\"keys\":[" + quoted + "]}"),
                List.of("PUT", cloudflare + "/values/" + encoded(key), "v"),
                List.of("DELETE", cloudflare + "/values/" + encoded(key), ""),
                List.of("PUT", cloudflare + "/bulk", "[{\"key\":" + quoted + ",\"value\":\"v\"}]"),
                List.of("POST", cloudflare + "/bulk/delete", "[" + quoted + "]"),
                List.of("POST", cloudflare + "/bulk/get", "{\"keys\":[" + quoted + "]}"))) {
            var answer = MANAGER.send(attempt.get(0), attempt.get(1), bearer, Bytes.utf8(attempt.get(2)));
            assertThat(answer.status()).as(rights + " " + attempt).isIn(403, 404);
        }
        for (var order : List.of(
                List.of("/api/keys/" + id + "/bulk-delete", "{\"keys\":[" + quoted + "]}"),
                List.of("/api/keys/" + id + "/bulk-delete", "{\"filter\":{\"prefix\":" + quoted + "}}"),
                List.of("/api/keys/" + id + "/bulk-ttl", "{\"keys\":[" + quoted + "],\"expiration_ttl\":60}"),
                List.of("/api/metadata/" + id + "/bulk-tag", "{\"keys\":[" + quoted + "],\"tags\":[\"x\"]}"),
                List.of("/api/import/" + id, "[{\"name\":" + quoted + ",\"value\":\"v\"}]"))) {
            var ordered = MANAGER.send("POST", order.get(0), bearer, Bytes.utf8(order.get(1)));
            if (ordered.status() == 200) {
                JobWorld.ended(MANAGER, ordered.result().path("job_id").asText());
            } else {
                assertThat(ordered.status()).as(rights + " " + order).isIn(403, 404);
            }
        }
        assertThat(admin("GET", path, "").text()).as(rights + " " + path).isEqualTo(before);
    }
}
