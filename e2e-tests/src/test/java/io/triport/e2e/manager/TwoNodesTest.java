package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.triport.e2e.OwnHost;
import io.triport.e2e.kv.Within;
import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two managers on one PostgreSQL are one manager, also while one of them has no way to it, and when it is killed. */
final class TwoNodesTest {
    private static final int CALLERS = 16;
    private static final int CHANGES = 8;
    private static final int KEYS = 4_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path serverDirectory;

    @TempDir
    private static Path directory;

    /** What to close, the last first. */
    private static final Deque<Runnable> OPEN = new ArrayDeque<>();

    private static OwnHost host;
    private static PostgreSqlCluster database;
    private static ManagerNode far;
    private static ManagerNode near;

    @BeforeAll
    static void start() {
        host = OwnHost.open();
        OPEN.push(host::close);
        database = PostgreSqlCluster.start(serverDirectory);
        OPEN.push(database::close);
        far = ManagerNode.startOn(host, directory.resolve("far"), "far", storage(host.wayToStore(database.port())));
        OPEN.push(far::close);
        near = node("near");
        OPEN.push(near::close);
    }

    @AfterAll
    static void stop() {
        OPEN.forEach(Runnable::run);
    }

    @Test
    void of_equal_calls_to_both_one_is_done_and_all_hear_its_answer() {
        var answers = AtOnce.run(CALLERS, number -> () -> named(number % 2 == 0 ? far : near));

        // The second node does not wait for the first, which then has not kept its answer yet.
        assertThat(answers)
                .allMatch(answer -> answer.statusCode() == 200
                        || answer.statusCode() == 409 && answer.body().contains("\"answer_not_kept\""));
        var heard = answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .map(HttpResponse::body)
                .collect(Collectors.toSet());
        assertThat(heard).hasSize(1);
        for (var node : List.of(far, near)) {
            assertThat(named(node).body()).isEqualTo(heard.iterator().next());
        }
    }

    @Test
    void what_both_change_at_once_is_one_unbroken_chain_in_the_audit() throws IOException {
        var keys = far.keysOf("chained");
        AtOnce.run(CALLERS, number -> () -> {
            for (var change = 0; change < CHANGES; change++) {
                var node = number % 2 == 0 ? far : near;
                var path = keys + "/c" + number + "-" + change;
                assertThat(node.send("PUT", path, "{\"value\":\"v\"}").statusCode())
                        .isEqualTo(200);
            }
            return number;
        });

        for (var node : List.of(far, near)) {
            var told = result(node.send("GET", "/api/audit/verify", ""));
            assertThat(told.toString()).contains("\"valid\":true");
        }
        assertThat(result(near.send("GET", keys + "/list?limit=1000", "")).path("keys"))
                .hasSize(CALLERS * CHANGES);
    }

    @Test
    void a_key_that_one_made_counts_at_the_other_and_no_more_when_it_is_deleted() throws IOException {
        var made = result(far.send("POST", "/api/api-keys", "{\"name\":\"shared\",\"role\":\"viewer\"}"));
        var key = made.path("key").asText();
        Within.reason("known", () -> statusAs(key) == 200);

        far.send("DELETE", "/api/api-keys/" + made.path("id").asText(), "");

        Within.reason("refused", () -> statusAs(key) == 401);
    }

    @Test
    void one_whose_cable_is_pulled_takes_nothing_and_knows_afterwards_what_the_other_took() throws IOException {
        var keys = far.keysOf("cut");
        assertThat(far.send("PUT", keys + "/k", "{\"value\":\"before\"}").statusCode())
                .isEqualTo(200);

        host.cut();

        assertThat(far.send("GET", keys + "/k", "").statusCode()).isIn(503, 504);
        assertThat(far.send("PUT", keys + "/never", "{\"value\":\"during\"}").statusCode())
                .isIn(503, 504);
        Within.reason("not ready", () -> far.process().status("/health/readiness") == 503);
        assertThat(near.send("PUT", keys + "/k", "{\"value\":\"meanwhile\"}").statusCode())
                .isEqualTo(200);

        host.heal();

        Within.reason("ready again", () -> far.process().status("/health/readiness") == 200);
        Within.reason("answers again", () -> far.send("GET", keys + "/k", "").statusCode() == 200);
        assertThat(far.send("GET", keys + "/k", "").body()).contains("\"meanwhile\"");
        assertThat(far.send("GET", keys + "/never", "").statusCode()).isEqualTo(404);
        assertThat(result(far.send("GET", "/api/audit/verify", "")).toString()).contains("\"valid\":true");
    }

    @Test
    void the_job_of_a_killed_node_is_ended_by_the_other_and_repeats_nothing() throws IOException {
        var space = result(near.send("POST", "/api/namespaces", "{\"title\":\"jobs\"}"))
                .path("id")
                .asText();
        var imported = order(near, "/api/import/" + space, lines());
        ended(near, imported);
        try (var killed = node("killed")) {
            var order = "{\"filter\":{\"prefix\":\"key-\"},\"tags\":[\"t\"],\"operation\":\"add\"}";
            var tagged = order(killed, "/api/metadata/" + space + "/bulk-tag", order);
            killed.process().kill();

            assertThat(ended(near, tagged).path("processed_keys").asLong()).isEqualTo(KEYS);
            assertThat(ended(near, tagged).path("status").asText()).isEqualTo("completed");
        }
    }

    private static int statusAs(String key) {
        return near.sendAs(key, "GET", "/api/namespaces", "").statusCode();
    }

    private static HttpResponse<String> named(ManagerNode node) {
        return node.send("POST", "/api/namespaces", "{\"title\":\"once\"}", Map.of("Idempotency-Key", "one-call"));
    }

    private static JsonNode ended(ManagerNode node, String job) {
        Within.reason(
                "ended: " + job, () -> !row(node, job).path("status").asText().matches("queued|running"));
        return row(node, job);
    }

    private static JsonNode row(ManagerNode node, String job) {
        return result(node.send("GET", "/api/jobs/" + job, ""));
    }

    private static String order(ManagerNode node, String path, String body) {
        return result(node.send("POST", path, body)).path("job_id").asText();
    }

    private static JsonNode result(HttpResponse<String> answer) {
        try {
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
            return JSON.readTree(answer.body()).path("result");
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static ManagerNode node(String name) {
        return ManagerNode.start(directory.resolve(name), name, storage("127.0.0.1:" + database.port()));
    }

    private static Map<String, String> storage(String location) {
        return Map.of(
                "TRIPORT_STORAGE", "postgresql://postgres@" + location + "/postgres",
                "TRIPORT_MANAGER_API_KEY_PEPPER", "${env:PEPPER}",
                "PEPPER", "a-pepper-of-thirty-two-characters-at-least");
    }

    private static String lines() {
        var lines = new StringBuilder();
        for (var at = 0; at < KEYS; at++) {
            lines.append("{\"name\":\"key-").append(at).append("\",\"value\":\"v\"}\n");
        }
        return lines.toString();
    }
}
