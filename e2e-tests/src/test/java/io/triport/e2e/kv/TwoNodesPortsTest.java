package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases, queues and durable objects of two KV proxies on one PostgreSQL, which started at the same time, are those of one. */
final class TwoNodesPortsTest {
    private static final String CONFIGURATION = """
        triport:
          kv:
            ports: [sql, queue, do]
            databases: [main]
            queues: {jobs: {}}
            classes: {counters: {code: io.triport.e2e.kv.CounterObject}}
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes: [sql.query, sql.write, queue.send, queue.pull, queue.settle, do.read, do.turn]
                databases: [main]
                queues: [jobs]
                classes: [counters]
                prefixes: [""]
        """;
    private static final String SECRET = "all-remote-secret-0123456789abcdef-0123456789";
    private static final int CALLERS = 16;
    private static final int CALLS = 5;
    private static final Pattern LEASE = Pattern.compile("\"lease\":\"([^\"]+)\"");
    private static final Pattern BODY = Pattern.compile("\"body\":([0-9]+)");

    /** What to close, the last first. */
    private static final Deque<Runnable> OPEN = new ArrayDeque<>();

    private static final WireClient CLIENT = new WireClient("all", SECRET);

    @TempDir
    private static Path serverDirectory;

    @TempDir
    private static Path directory;

    private static List<AppProcess> nodes;

    @BeforeAll
    static void start() throws IOException {
        OPEN.push(CLIENT::close);
        var database = PostgreSqlCluster.start(serverDirectory);
        OPEN.push(database::close);
        var file = Files.writeString(directory.resolve("kv.yml"), CONFIGURATION).toString();
        var environment = Map.of("ALL", SECRET, "TRIPORT_STORAGE", "postgresql://postgres@" + database.location());
        var code = ProvidedClass.in(directory, CounterObject.class);
        nodes = List.of(
                KvNode.launchWith(code, directory.resolve("one"), "one", environment, "--config", file),
                KvNode.launchWith(code, directory.resolve("other"), "other", environment, "--config", file));
        nodes.forEach(node -> OPEN.push(node::close));
        nodes.forEach(AppProcess::awaited);
    }

    @AfterAll
    static void stop() {
        OPEN.forEach(Runnable::run);
    }

    @Test
    void rows_that_one_writes_the_other_reads_and_additions_at_once_are_all_counted() throws IOException {
        ok(
                nodes.getFirst(),
                "sql/exec",
                "{'database':'main','sql':'create table t(n bigint); insert into t values (0)'}");
        AtOnce.run(CALLERS, number -> () -> {
            for (var call = 0; call < CALLS; call++) {
                ok(
                        nodes.get(number % 2),
                        "sql/query",
                        "{'database':'main','sql':'update t set n = n + ?','params':[1]}");
            }
            return number;
        });

        for (var node : nodes) {
            assertThat(ok(node, "sql/query", "{'database':'main','sql':'select n from t'}"))
                    .contains("\"n\":" + CALLERS * CALLS);
        }
    }

    @Test
    void a_message_is_leased_by_one_of_both_alone() throws IOException {
        for (var number = 0; number < CALLERS * CALLS; number++) {
            ok(nodes.get(number % 2), "queue/send", "{'queue':'jobs','body':" + number + "}");
        }

        var pulled = AtOnce.run(CALLERS, number -> () -> {
            var answer = ok(nodes.get(number % 2), "queue/pull", "{'queue':'jobs','batchSize':5}");
            var leases = LEASE.matcher(answer)
                    .results()
                    .map(lease -> "'" + lease.group(1) + "'")
                    .toList();
            ok(nodes.get((number + 1) % 2), "queue/ack", "{'queue':'jobs','acks':" + leases + "}");
            return BODY.matcher(answer).results().map(body -> body.group(1)).toList();
        });

        assertThat(pulled.stream().flatMap(List::stream)).doesNotHaveDuplicates();
        var left = ok(nodes.getFirst(), "queue/pull", "{'queue':'jobs','batchSize':100}");
        assertThat(pulled.stream().mapToLong(List::size).sum()
                        + BODY.matcher(left).results().count())
                .isEqualTo(CALLERS * CALLS);
    }

    @Test
    void an_object_counts_whichever_node_is_asked() throws IOException {
        AtOnce.run(2, number -> () -> {
            for (var call = 0; call < CALLS; call++) {
                assertThat(turn(nodes.get(number), "POST")).isNotEmpty();
            }
            return number;
        });

        for (var node : nodes) {
            assertThat(turn(node, "GET")).isEqualTo(Integer.toString(2 * CALLS));
        }
    }

    private static String turn(AppProcess node, String method) throws IOException {
        var answer = CLIENT.send(node.address(), CLIENT.signMethod(method, "/zin/do/counters/hits/", ""));
        assertThat(answer.ok()).as(answer.body()).isTrue();
        return answer.body();
    }

    private static String ok(AppProcess node, String path, String body) throws IOException {
        var answer = CLIENT.send(node.address(), CLIENT.signPath("/zin/" + path, body.replace('\'', '"')));
        assertThat(answer.ok()).as(answer.body()).isTrue();
        return answer.body();
    }
}
