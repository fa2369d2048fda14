package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.testkit.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A KV proxy of which one namespace lies on a server that may lose it. */
final class VolatileNamespacesTest {
    private static final String SETTINGS = """
        triport:
          kv:
            volatile-namespaces: [SESSIONS]
            volatile-store: %s
            volatile-store-password: "${env:STORE}"
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [kv.get, kv.put, kv.delete, kv.list], namespaces: ["*"], prefixes: [""]}
        """;
    private static final Map<String, String> SECRETS =
            Map.of("ALL", TestKeyMap.ALL_SECRET, "STORE", "a-password-of-the-store");

    @TempDir
    private Path directory;

    private RedisProcess server;
    private WireClient client;
    private AppProcess node;

    @BeforeEach
    void start() throws IOException {
        server = RedisProcess.start("a-password-of-the-store");
        client = TestKeyMap.all();
        node = node("first");
    }

    @AfterEach
    void stop() {
        Stream.of(node, client, server).filter(Objects::nonNull).forEach(VolatileNamespacesTest::close);
    }

    @Test
    void what_is_put_comes_back_is_listed_and_is_deleted_over_a_restart_of_the_proxy() throws IOException {
        ok("put", "{'namespace':'SESSIONS','key':'a/1','value':{'b':1.10},'ttlSeconds':3600}");
        ok("put-many", "{'namespace':'SESSIONS','items':[{'key':'b','value':'2'},{'key':'c\\n','value':'3'}]}");
        ok("put", "{'namespace':'KEPT','key':'k','value':'kept'}");

        node.close();
        node = node("second");

        assertThat(ok("get", "{'namespace':'SESSIONS','key':'a/1','type':'json'}"))
                .isEqualTo("{\"value\":{\"b\":1.10}}");
        assertThat(ok("get-many", "{'namespace':'SESSIONS','keys':['b','none'],'type':'json'}"))
                .isEqualTo("{\"values\":{\"b\":\"2\",\"none\":null}}");
        assertThat(ok("list", "{'namespace':'SESSIONS','limit':2}")).contains("\"SESSIONS:a/1\",\"SESSIONS:b\"");
        assertThat(ok("list", "{}")).contains("KEPT:k", "SESSIONS:a/1", "SESSIONS:b", "SESSIONS:c\\n");
        ok("delete", "{'namespace':'SESSIONS','key':'a/1'}");
        ok("delete-many", "{'namespace':'SESSIONS','keys':['b','c\\n']}");
        assertThat(ok("list", "{'namespace':'SESSIONS'}")).contains("[]");
    }

    @Test
    void what_the_server_loses_is_gone_and_all_else_is_not() throws IOException {
        ok("put", "{'namespace':'SESSIONS','key':'k','value':'lost'}");
        ok("put", "{'namespace':'KEPT','key':'k','value':'kept'}");
        var seen = client.sign("get", "{\"namespace\":\"KEPT\",\"key\":\"k\"}");
        assertThat(client.send(node.address(), seen).ok()).isTrue();

        server.stop();

        var away = call("put", "{'namespace':'SESSIONS','key':'k','value':'late'}");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.says("STORAGE_ERROR")).isTrue();
        assertThat(ok("get", "{'namespace':'KEPT','key':'k','type':'json'}")).isEqualTo("{\"value\":\"kept\"}");
        assertThat(client.send(node.address(), seen).says("REPLAYED")).isTrue();

        server.resume();

        assertThat(ok("get", "{'namespace':'SESSIONS','key':'k','type':'json'}"))
                .isEqualTo("{\"value\":null}");
        ok("put", "{'namespace':'SESSIONS','key':'k','value':'anew'}");
        assertThat(ok("get", "{'namespace':'SESSIONS','key':'k','type':'json'}"))
                .isEqualTo("{\"value\":\"anew\"}");
    }

    @Test
    void a_call_with_an_idempotency_key_has_one_effect() throws IOException {
        var put = client.sign("put", "{\"namespace\":\"SESSIONS\",\"key\":\"once\",\"value\":1}")
                .with("Idempotency-Key", "order-7");
        assertThat(client.send(node.address(), put).ok()).isTrue();
        ok("delete", "{'namespace':'SESSIONS','key':'once'}");

        var again = client.sign("put", "{\"namespace\":\"SESSIONS\",\"key\":\"once\",\"value\":1}")
                .with("Idempotency-Key", "order-7");
        assertThat(client.send(node.address(), again).ok()).isTrue();

        assertThat(ok("get", "{'namespace':'SESSIONS','key':'once'}")).isEqualTo("{\"value\":null}");
    }

    @Test
    void the_start_says_what_may_vanish() {
        assertThat(node.output())
                .contains("volatile namespaces=SESSIONS store=" + server.address() + ": what they have may vanish")
                .contains("durability=durable")
                .doesNotContain("a-password-of-the-store");
    }

    @Test
    void a_namespace_that_is_kept_already_ends_the_start() throws IOException {
        ok("put", "{'namespace':'KEPT','key':'k','value':'kept'}");
        node.close();
        var file = Files.writeString(
                directory.resolve("kv.yml"),
                SETTINGS.formatted(server.address()).replace("SESSIONS", "KEPT"));

        try (var refused = KvNode.launch(directory, "refused", SECRETS, "--config", file.toString())) {
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.output()).contains("namespace KEPT: kept by sqlite (expected: a new one for redis)");
        }
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private AppProcess node(String name) throws IOException {
        var file = Files.writeString(directory.resolve("kv.yml"), SETTINGS.formatted(server.address()));
        return KvNode.start(directory, name, SECRETS, "--config", file.toString());
    }

    private String ok(String operation, String json) throws IOException {
        var answer = call(operation, json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private WireClient.Answer call(String operation, String json) throws IOException {
        return client.call(node.address(), operation, json.replace('\'', '"'));
    }
}
