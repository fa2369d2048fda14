package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two KV proxies on one PostgreSQL, the clock of one of which is half a minute ahead. */
final class SkewedClocksTest {
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final String CONFIGURATION = """
        triport:
          kv:
            ports: [queue, do]
            queues: {jobs: {}}
            classes: {counters: {code: io.triport.e2e.kv.CounterObject}}
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes: [kv.get, kv.put, queue.send, queue.pull, queue.settle, do.read, do.turn]
                namespaces: [CACHE]
                queues: [jobs]
                classes: [counters]
                prefixes: [""]
        """;
    private static final String SECRET = "all-remote-secret-0123456789abcdef-0123456789";
    private static final String ASKED = "{\"namespace\":\"CACHE\",\"key\":\"k\"}";
    private static final int CALLS = 20;

    /** What to close, the last first. */
    private static final Deque<Runnable> OPEN = new ArrayDeque<>();

    private static final WireClient CLIENT = new WireClient("all", SECRET);

    @TempDir
    private static Path serverDirectory;

    @TempDir
    private static Path directory;

    private static AppProcess right;
    private static AppProcess hasty;

    @BeforeAll
    static void start() throws IOException {
        OPEN.push(CLIENT::close);
        var database = PostgreSqlCluster.start(serverDirectory);
        OPEN.push(database::close);
        var file = Files.writeString(directory.resolve("kv.yml"), CONFIGURATION).toString();
        var environment = Map.of("ALL", SECRET, "TRIPORT_STORAGE", "postgresql://postgres@" + database.location());
        var code = ProvidedClass.in(directory, CounterObject.class);
        right = KvNode.launchWith(code, directory.resolve("right"), "right", environment, "--config", file);
        OPEN.push(right::close);
        hasty = KvNode.launchAhead(SKEW, code, directory.resolve("hasty"), "hasty", environment, "--config", file);
        OPEN.push(hasty::close);
        right.awaited();
        hasty.awaited();
    }

    @AfterAll
    static void stop() {
        OPEN.forEach(Runnable::run);
    }

    @Test
    void each_judges_the_date_of_a_request_by_its_own_clock_and_answers_none_that_the_other_has_answered()
            throws IOException {
        var old = System.currentTimeMillis() - Duration.ofSeconds(45).toMillis();
        var behind = CLIENT.send(hasty.address(), CLIENT.sign("get", ASKED, old));
        assertThat(behind.status()).isEqualTo(401);
        assertThat(behind.says("EXPIRED")).as(behind.body()).isTrue();

        for (var first : List.of(right, hasty)) {
            var then = first == right ? hasty : right;
            var request = CLIENT.sign("get", ASKED);
            assertThat(CLIENT.send(first.address(), request).ok()).isTrue();
            assertThat(CLIENT.send(then.address(), request).says("REPLAYED")).isTrue();
            assertThat(CLIENT.send(first.address(), request).says("REPLAYED")).isTrue();
        }
    }

    @Test
    void an_object_is_that_of_one_node_at_a_time() {
        var counts = AtOnce.run(2, number -> () -> {
            var node = number == 0 ? right : hasty;
            return IntStream.range(0, CALLS).mapToObj(call -> turn(node)).toList();
        });

        assertThat(counts.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 2 * CALLS)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void what_one_has_leased_for_longer_than_their_clocks_differ_the_other_does_not_get() throws IOException {
        for (var number = 0; number < CALLS; number++) {
            ok(number % 2 == 0 ? right : hasty, "send", "{'queue':'jobs','body':" + number + "}");
        }

        var all = ok(hasty, "pull", "{'queue':'jobs','batchSize':100,'visibilityMs':600000}");
        assertThat(all.split("\"lease\"")).hasSize(CALLS + 1);
        assertThat(ok(right, "pull", "{'queue':'jobs','batchSize':100,'visibilityMs':600000}"))
                .contains("\"messages\":[]");
    }

    private static String turn(AppProcess node) {
        try {
            var answer = CLIENT.send(node.address(), CLIENT.signMethod("POST", "/zin/do/counters/hits/", ""));
            assertThat(answer.ok()).as(answer.body()).isTrue();
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String ok(AppProcess node, String operation, String body) throws IOException {
        var request = CLIENT.signPath("/zin/queue/" + operation, body.replace('\'', '"'));
        var answer = CLIENT.send(node.address(), request);
        assertThat(answer.ok()).as(answer.body()).isTrue();
        return answer.body();
    }
}
