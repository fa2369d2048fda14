package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.identity.hmac.SigningHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Start, reload, stop, and what the log says meanwhile. */
final class LifeTest {
    private static final String GET = "{\"namespace\":\"CACHE\",\"key\":\"app1:k\"}";
    private static final String KEYS = """
        triport:
          kv:
            keys:
              %s: {secrets: ["${env:%s}"], scopes: [kv.get], namespaces: ["*"], prefixes: [""]}
        """;

    @TempDir
    Path directory;

    /** Each request has begun when the stop comes, and ends while the listener is still open or closed already. */
    @Test
    void requests_that_had_begun_when_the_stop_came_all_get_whole_replies() throws IOException {
        var connections = new ArrayList<Socket>();
        try (var node = KvNode.start(directory, "node", TestKeyMap.environment());
                var client = TestKeyMap.all()) {
            var address = node.address();
            var requests = new ArrayList<byte[]>();
            for (var number = 0; number < 50; number++) {
                var request = client.sign("get", GET).toBytes();
                var socket = new Socket(address.getHost(), address.getPort());
                socket.setSoTimeout(30_000);
                socket.getOutputStream().write(request, 0, 1 + number * 5);
                connections.add(socket);
                requests.add(request);
            }
            Within.reason("all connections are served", () -> answers(client, address));

            node.terminate();
            Within.reason("stopping", () -> node.output().contains("stopping app=kv-proxy"));

            for (var number = 0; number < 50; number++) {
                connections
                        .get(number)
                        .getOutputStream()
                        .write(requests.get(number), 1 + number * 5, requests.get(number).length - 1 - number * 5);
                var reply =
                        new String(connections.get(number).getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(reply)
                        .startsWith("HTTP/1.1 200 ")
                        .containsIgnoringCase("connection: close")
                        .endsWith("{\"value\":null}");
            }
            assertThat(node.exit()).isIn(0, 143);
            assertThat(node.output()).contains("stopped app=kv-proxy");
        } finally {
            for (var socket : connections) {
                socket.close();
            }
        }
    }

    private static boolean answers(WireClient client, URI address) {
        try {
            return client.call(address, "get", GET).ok();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_reload_adopts_the_keys_and_a_broken_file_changes_nothing() throws IOException {
        var file = directory.resolve("kv.yml");
        Files.writeString(file, KEYS.formatted("first", "FIRST"));
        var environment = Map.of("FIRST", TestKeyMap.ALL_SECRET, "SECOND", TestKeyMap.LIMITED_SECRET);
        try (var node = KvNode.start(directory, "node", environment, "--config", file.toString());
                var first = new WireClient("first", TestKeyMap.ALL_SECRET);
                var second = new WireClient("second", TestKeyMap.LIMITED_SECRET)) {
            assertThat(first.call(node.address(), "get", GET).ok()).isTrue();

            var broken =
                    List.of("{", "triport: {kv: {keys: {}}}", "triport: {prot: 1}", KEYS.formatted("x", "NOT_SET"));
            for (var text : broken) {
                var refused = count(node.output(), "configuration refused, the old one stays");
                replace(file, text);
                Within.reason(
                        "refused",
                        () -> count(node.output(), "configuration refused, the old one stays") == refused + 1);
                assertThat(first.call(node.address(), "get", GET).ok()).isTrue();
            }
            assertThat(metrics(node)).contains("kv_proxy_config_last_reload_ok 0.0");

            replace(file, KEYS.formatted("second", "SECOND"));
            Within.reason("adopted", () -> node.output().contains("configuration adopted"));

            assertThat(second.call(node.address(), "get", GET).ok()).isTrue();
            assertThat(first.call(node.address(), "get", GET).says("UNKNOWN_KEY"))
                    .isTrue();
            assertThat(metrics(node)).contains("kv_proxy_config_last_reload_ok 1.0");
        }
    }

    @Test
    void the_log_has_the_lines_of_each_layer_and_no_secret() throws IOException {
        try (var node = KvNode.start(directory, "node", TestKeyMap.environment());
                var client = TestKeyMap.all();
                var limited = TestKeyMap.limited()) {
            var put = client.sign("put", "{\"namespace\":\"CACHE\",\"key\":\"app1:k\",\"value\":\"a secret value\"}");
            client.send(node.address(), put);
            var get = client.send(node.address(), client.sign("get", GET));
            var replayed = client.send(node.address(), put);
            var denied = limited.call(node.address(), "put", GET);
            node.terminate();
            node.exit();

            assertThat(layers(node, get))
                    .containsExactly("request received", "identity admitted", "storage done", "request answered");
            assertThat(layers(node, replayed))
                    .containsExactly("request received", "identity refused", "request answered");
            assertThat(layers(node, denied))
                    .containsExactly("request received", "identity refused", "request answered");
            assertThat(node.output())
                    .contains("engine=sqlite durability=durable")
                    .contains("reason=replayed")
                    .contains("reason=scope-denied")
                    .doesNotContain(TestKeyMap.ALL_SECRET, TestKeyMap.LIMITED_SECRET, "a secret value", "app1:k")
                    .doesNotContain(put.header(SigningHeaders.SIGNATURE), put.header(SigningHeaders.NONCE));

            var id = id(get);
            assertThat(explain(node, id)).hasSize(4).allMatch(line -> line.contains("request=" + id));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "triport: {kv: {keys: {a: {secrets: [x]}}}}",
                "triport: {prot: 1}",
                "triport: [",
                "triport: {listen: {port: many}}"
            })
    void an_app_that_cannot_use_its_configuration_ends_with_78_and_one_line(String yaml) throws IOException {
        var file = Files.writeString(directory.resolve("kv.yml"), yaml);
        try (var node = KvNode.launch(directory, "node", Map.of(), "--config", file.toString())) {
            assertThat(node.exit()).isEqualTo(78);
            assertThat(node.output().lines()).hasSize(1);
            assertThat(node.output()).startsWith("kv-proxy: ").contains("expected: ");
        }
    }

    private static List<String> explain(AppProcess node, String id) throws IOException {
        var command = new java.util.ArrayList<>(KvNode.program());
        command.addAll(List.of("explain", id, node.outputFile().toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var reader = process.inputReader()) {
            return reader.lines().toList();
        }
    }

    private static List<String> layers(AppProcess node, WireClient.Answer answer) {
        return node.output()
                .lines()
                .filter(line -> line.contains(" request=" + id(answer) + " "))
                .map(line -> line.replaceFirst(".* triport\\.([a-z]+ [a-z]+) .*", "$1"))
                .toList();
    }

    private static String id(WireClient.Answer answer) {
        return answer.headers().getOrDefault("x-request-id", "none");
    }

    private static String metrics(AppProcess node) throws IOException {
        try (var in = URI.create(node.management() + "/prometheus").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        var fresh = Files.writeString(file.resolveSibling("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
