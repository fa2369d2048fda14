package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two KV proxies on one PostgreSQL are one KV proxy, also while one of them or the database is away. */
final class TwoNodesTest {
    private static final String GET = "{\"namespace\":\"CACHE\",\"key\":\"k\",\"type\":\"json\"}";
    private static final int ROUNDS = 20;
    private static final int COPIES = 200;

    /** What to close, the last first. */
    private static final Deque<Runnable> OPEN = new ArrayDeque<>();

    @TempDir
    private static Path serverDirectory;

    @TempDir
    private static Path directory;

    private static PostgreSqlCluster database;
    private static AppProcess one;
    private static AppProcess other;
    private static WireClient client;

    @BeforeAll
    static void start() {
        database = PostgreSqlCluster.start(serverDirectory);
        OPEN.push(database::close);
        one = node("one");
        OPEN.push(one::close);
        other = node("other");
        OPEN.push(other::close);
        client = TestKeyMap.all();
        OPEN.push(client::close);
    }

    @AfterAll
    static void stop() {
        OPEN.forEach(Runnable::run);
    }

    @Test
    void what_one_node_stored_the_other_reads_and_deletes() throws IOException {
        put(one, "shared", "from one");
        assertThat(get(other, "shared")).isEqualTo("{\"value\":\"from one\"}");

        put(other, "shared", "from the other");
        assertThat(get(one, "shared")).isEqualTo("{\"value\":\"from the other\"}");

        assertThat(client.call(one.address(), "delete", "{\"namespace\":\"CACHE\",\"key\":\"shared\"}")
                        .ok())
                .isTrue();
        assertThat(get(other, "shared")).isEqualTo("{\"value\":null}");
    }

    @Test
    void of_200_copies_to_both_nodes_at_once_exactly_one_is_answered_in_each_of_20_rounds() {
        var addresses = List.of(one.address(), other.address());
        for (var round = 0; round < ROUNDS; round++) {
            var request = client.sign("get", GET);

            var answers = AtOnce.run(COPIES, number -> () -> client.send(addresses.get(number % 2), request));

            assertThat(answers)
                    .hasSize(COPIES)
                    .filteredOn(WireClient.Answer::ok)
                    .hasSize(1);
            // Shed before identity, so neither admitted nor judged.
            assertThat(answers).filteredOn(answer -> !answer.ok()).allMatch(TwoNodesTest::replayedOrShed);
        }
    }

    private static boolean replayedOrShed(WireClient.Answer answer) {
        return answer.status() == 409 && answer.says("REPLAYED") || answer.status() == 503 && answer.says("OVERLOADED");
    }

    @Test
    void a_request_that_a_killed_node_had_answered_is_refused_by_both_when_it_is_back() throws IOException {
        var request = client.sign("get", GET);
        try (var killed = node("killed")) {
            assertThat(client.send(killed.address(), request).ok()).isTrue();
            killed.kill();
        }
        assertThat(client.send(other.address(), request).says("REPLAYED")).isTrue();

        try (var back = node("killed")) {
            assertThat(client.send(back.address(), request).says("REPLAYED")).isTrue();
            assertThat(client.send(back.address(), client.sign("get", GET)).ok())
                    .isTrue();
        }
    }

    @Test
    void a_shared_limit_counts_the_requests_to_both_nodes() throws IOException {
        try (var counted = TestKeyMap.counted()) {
            for (var number = 0; number < TestKeyMap.COUNTED_REQUESTS; number++) {
                var node = number % 2 == 0 ? one : other;
                assertThat(counted.call(node.address(), "get", GET).ok()).isTrue();
            }

            for (var node : List.of(one, other)) {
                var refused = counted.call(node.address(), "get", GET);
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.headers()).containsKey("retry-after");
            }
            assertThat(client.call(other.address(), "get", GET).ok()).isTrue();
        }
    }

    @Test
    void while_the_database_is_away_requests_are_refused_and_when_it_is_back_they_are_not() throws IOException {
        put(one, "stays", "before");
        var seen = client.sign("get", GET);
        assertThat(client.send(one.address(), seen).ok()).isTrue();
        database.stop();

        for (var node : List.of(one, other)) {
            for (var operation : List.of("get", "put")) {
                var refused = client.call(node.address(), operation, valued("never", "during"));
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.says("STORAGE_ERROR")).isTrue();
            }
            assertThat(client.send(node.address(), seen).status()).isEqualTo(503);
            Within.reason("not ready", () -> node.status("/health/readiness") == 503);
            assertThat(node.status("/health/liveness")).isEqualTo(200);
        }

        database.start();

        for (var node : List.of(one, other)) {
            Within.reason("ready again", () -> node.status("/health/readiness") == 200);
            Within.reason("answers again", () -> answers(node));
            assertThat(get(node, "stays")).isEqualTo("{\"value\":\"before\"}");
            assertThat(get(node, "never")).isEqualTo("{\"value\":null}");
            assertThat(client.send(node.address(), seen).says("REPLAYED")).isTrue();
        }
    }

    private static AppProcess node(String name) {
        var environment = new HashMap<>(TestKeyMap.environment());
        environment.put("TRIPORT_STORAGE", "postgresql://postgres@" + database.location());
        return KvNode.start(directory.resolve(name), "node", Map.copyOf(environment));
    }

    private static void put(AppProcess node, String key, String value) throws IOException {
        assertThat(client.call(node.address(), "put", valued(key, value)).ok()).isTrue();
    }

    private static String get(AppProcess node, String key) throws IOException {
        return client.call(node.address(), "get", "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\",\"type\":\"json\"}")
                .body();
    }

    private static String valued(String key, String value) {
        return "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\",\"value\":\"" + value + "\"}";
    }

    private static boolean answers(AppProcess node) {
        try {
            return client.call(node.address(), "get", GET).ok();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
