package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.testkit.NatsProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two KV proxies, each with a database of its own, whose queues lie on one NATS server. Each test has a queue of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueueStoreTest {
    private static final String SETTINGS = """
        triport:
          kv:
            ports: [queue]
            queues:
              jobs: {retries: 1, dead-letters: failed}
              failed: {}
              once: {}
              away: {}
            queue-store: %s
            queue-store-user: triport
            queue-store-password: "${env:STORE}"
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes: [queue.send, queue.pull, queue.settle, queue.peek, queue.metrics]
                queues: ["*"]
                prefixes: [""]
        """;
    private static final Map<String, String> SECRETS =
            Map.of("ALL", TestKeyMap.ALL_SECRET, "STORE", "a-password-of-the-store");
    private static final Pattern LEASE = Pattern.compile("\"lease\":\"([^\"]+)\"");

    @TempDir
    static Path directory;

    private final WireClient client = TestKeyMap.all();
    private NatsProcess server;
    private AppProcess one;
    private AppProcess other;

    @BeforeAll
    void start() throws IOException {
        server = NatsProcess.start("--user", "triport", "--pass", "a-password-of-the-store");
        one = node("one");
        other = node("other");
    }

    @AfterAll
    void stop() {
        client.close();
        for (var node : new AppProcess[] {one, other}) {
            if (node != null) {
                node.close();
            }
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void what_one_proxy_takes_the_other_gives_out_and_what_fails_goes_to_the_dead_letters() throws IOException {
        ok(one, "send", "{'queue':'jobs','body':{'n':1.10}}");
        ok(one, "send-batch", "{'queue':'jobs','messages':[{'body':'done','type':'text'}]}");

        var both = ok(other, "pull", "{'queue':'jobs','batchSize':10}");
        assertThat(both).contains("\"body\":{\"n\":1.10}", "\"body\":\"done\"", "\"attempts\":1");
        assertThat(ok(one, "pull", "{'queue':'jobs','batchSize':10}")).doesNotContain("lease");
        var leases = leases(both);
        ok(
                other,
                "ack",
                "{'queue':'jobs','retries':[{'lease':'" + leases.get(0) + "'}],'acks':['" + leases.get(1) + "']}");
        var again = leases(ok(one, "pull", "{'queue':'jobs'}"));
        ok(one, "ack", "{'queue':'jobs','retries':[{'lease':'" + again.getFirst() + "'}]}");

        assertThat(ok(one, "metrics", "{'queue':'jobs'}")).contains("\"backlogCount\":0");
        assertThat(ok(one, "pull", "{'queue':'failed'}")).contains("{\"n\":1.10}", "\"origin\":{\"queue\":\"jobs\"");
    }

    @Test
    void a_send_with_an_idempotency_key_has_one_effect() throws IOException {
        var first = once();
        var second = once();

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(ok(other, "metrics", "{'queue':'once'}")).contains("\"backlogCount\":1");
    }

    @Test
    void while_the_server_is_away_queues_are_and_after_it_nothing_is_missing() throws IOException {
        ok(one, "send", "{'queue':'away','body':'before','type':'text'}");

        server.kill();
        assertThat(call(one, "metrics", "{'queue':'away'}").status()).isEqualTo(503);
        var refused = call(one, "send", "{'queue':'away','body':'never','type':'text'}");
        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        server.resume();

        ok(one, "send", "{'queue':'away','body':'after','type':'text'}");
        assertThat(ok(other, "peek", "{'queue':'away','count':10}"))
                .contains("before", "after")
                .doesNotContain("never");
    }

    @Test
    void the_start_names_both_places_and_no_password() {
        assertThat(one.output()).contains("sqlite with nats").doesNotContain("a-password-of-the-store");
    }

    private static List<String> leases(String pulled) {
        return LEASE.matcher(pulled).results().map(found -> found.group(1)).toList();
    }

    private WireClient.Answer once() throws IOException {
        var send = client.signPath("/zin/queue/send", "{\"queue\":\"once\",\"body\":1}")
                .with("Idempotency-Key", "order-7");
        return client.send(one.address(), send);
    }

    private AppProcess node(String name) throws IOException {
        var own = Files.createDirectory(directory.resolve(name));
        var file = Files.writeString(own.resolve("kv.yml"), SETTINGS.formatted(server.address()));
        return KvNode.start(own, name, SECRETS, "--config", file.toString());
    }

    private String ok(AppProcess node, String operation, String json) throws IOException {
        var answer = call(node, operation, json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private WireClient.Answer call(AppProcess node, String operation, String json) throws IOException {
        return client.send(node.address(), client.signPath("/zin/queue/" + operation, json.replace('\'', '"')));
    }
}
