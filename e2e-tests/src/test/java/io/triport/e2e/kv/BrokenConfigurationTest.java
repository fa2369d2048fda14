package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.testkit.AtOnce;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken files put in the place of the good one while requests come in. */
final class BrokenConfigurationTest {
    private static final String GET = "{\"namespace\":\"CACHE\",\"key\":\"k\"}";
    private static final String REFUSED = "configuration refused, the old one stays";
    private static final int CLIENTS = 4;
    private static final Map<String, String> SECRETS =
            Map.of("FIRST", TestKeyMap.ALL_SECRET, "SECOND", TestKeyMap.LIMITED_SECRET);
    private static final String KEYS = """
        triport:
          kv:
            keys:
              %s: {secrets: ["${env:%s}"], scopes: [kv.get], namespaces: ["*"], prefixes: [""]}
        """;

    /** At once on two nodes, since each looks at its file twice a second. */
    private static final int NODES = 3;

    @TempDir
    private Path directory;

    @Test
    void of_40_broken_files_none_fails_a_request_and_each_is_one_line() {
        var files = BrokenConfiguration.all();
        assertThat(files).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();

        var perNode = (files.size() + NODES - 1) / NODES;
        AtOnce.run(
                NODES,
                node -> () -> swapAll(
                        directory.resolve("node-" + node),
                        files.subList(node * perNode, Math.min(files.size(), (node + 1) * perNode))));
    }

    private static int swapAll(Path directory, List<String> broken) throws IOException {
        var file = Files.createDirectories(directory).resolve("kv.yml");
        Files.writeString(file, KEYS.formatted("first", "FIRST"));
        try (var node = KvNode.start(directory, "node", SECRETS, "--config", file.toString());
                var first = new WireClient("first", TestKeyMap.ALL_SECRET);
                var second = new WireClient("second", TestKeyMap.LIMITED_SECRET);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var enough = new AtomicBoolean();
            var load = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> executor.submit(() -> callUntil(enough, first, node.address())))
                    .toList();
            try {
                for (var text : broken) {
                    var before = lastReload(node);
                    replace(file, text);
                    Within.reason("read: " + text, () -> !lastReload(node).equals(before));
                    assertThat(lastReload(node)).as(text).contains("\"adopted\":false");
                    assertThat(node.page("/metrics")).contains("kv_proxy_config_last_reload_ok 0.0");
                }
            } finally {
                enough.set(true);
            }
            assertThat(load).allSatisfy(client -> assertThat(answers(client)).isPositive());
            assertThat(node.output()).doesNotContain("\tat ", "written-out-secret");

            replace(file, KEYS.formatted("second", "SECOND"));
            Within.reason("adopted", () -> lastReload(node).contains("\"adopted\":true"));
            assertThat(node.page("/metrics")).contains("kv_proxy_config_last_reload_ok 1.0");
            assertThat(second.call(node.address(), "get", GET).ok()).isTrue();
            assertThat(first.call(node.address(), "get", GET).says("UNKNOWN_KEY"))
                    .isTrue();
            assertThat(refusals(node)).hasSameSizeAs(broken);
            return broken.size();
        }
    }

    /** How many requests were answered; none may be otherwise. */
    private static int callUntil(AtomicBoolean enough, WireClient client, URI address) throws IOException {
        var answered = 0;
        while (!enough.get()) {
            var answer = client.call(address, "get", GET);
            if (!answer.ok()) {
                throw new AssertionError("failed: " + answer);
            }
            answered++;
        }
        return answered;
    }

    private static int answers(Future<Integer> client) {
        try {
            return client.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static List<String> refusals(AppProcess node) {
        return node.output()
                .lines()
                .filter(line -> line.contains(" ERROR ") && line.contains(REFUSED))
                .toList();
    }

    /** Whether the newest reading was adopted, and when it was. */
    private static String lastReload(AppProcess node) {
        return node.page("/config").replaceFirst(".*(\"lastReload\":\\{[^}]*}).*", "$1");
    }

    private static void replace(Path file, String text) throws IOException {
        var fresh = Files.writeString(file.resolveSibling("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
