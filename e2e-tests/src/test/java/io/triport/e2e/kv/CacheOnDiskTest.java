package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large cached responses of a KV proxy that has a directory for them. */
final class CacheOnDiskTest {
    private static final String CONFIGURATION = """
        triport:
          kv:
            ports: [cache]
            caches: [pages]
            max-body: 4MiB
            cache-memory: 1MiB
            cache-directory: %s
            cache-disk: 8MiB
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes: [cache.match, cache.put, cache.delete, cache.purge]
                caches: [pages]
                prefixes: [""]
        """;
    private static final Map<String, String> SECRETS = Map.of("ALL", "all-remote-secret-0123456789abcdef-0123456789");
    private static final String ASKED = "GET https://site.example/a HTTP/1.1\r\n\r\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nCache-Control: public, max-age=3600\r\n\r\n";
    /** No two parts of it are the same, and it is more than the memory takes. */
    private static final String BODY =
            IntStream.range(0, 250_000).mapToObj("%07d,"::formatted).collect(Collectors.joining());

    @TempDir
    private Path directory;

    private final WireClient client = new WireClient("all", SECRETS.getOrDefault("ALL", ""));

    @Test
    void a_large_response_comes_back_from_the_disk_whole_and_in_parts_until_it_is_purged() throws IOException {
        var files = directory.resolve("responses");
        try (var node = KvNode.start(directory, "node", SECRETS, "--config", config("kv", files))) {
            assertThat(call(node, "put", ASKED + HEAD + BODY))
                    .isEqualTo("{\"stored\":true,\"length\":" + BODY.length() + "}");
            assertThat(bodies(files))
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent(BODY));

            var whole = call(node, "match", ASKED);
            assertThat(whole).startsWith("HTTP/1.1 200 ").contains("\r\ncontent-length: " + BODY.length() + "\r\n");
            assertThat(bodyOf(whole)).isEqualTo(BODY);
            var part = call(node, "match", ASKED.replace("\r\n\r\n", "\r\nRange: bytes=100000-1500000\r\n\r\n"));
            assertThat(part)
                    .startsWith("HTTP/1.1 206 ")
                    .contains("\r\ncontent-range: bytes 100000-1500000/" + BODY.length() + "\r\n");
            assertThat(bodyOf(part)).isEqualTo(BODY.substring(100_000, 1_500_001));
            var few = call(node, "match", ASKED.replace("\r\n\r\n", "\r\nRange: bytes=-9\r\n\r\n"));
            assertThat(bodyOf(few)).isEqualTo(BODY.substring(BODY.length() - 9));

            assertThat(call(node, "purge", "{\"all\":true}")).isEqualTo("{\"ok\":true}");
            assertThat(bodies(files)).isEmpty();
            assertThat(call(node, "match", ASKED)).isEmpty();
        }
    }

    @Test
    void what_a_killed_node_had_is_gone_and_two_nodes_never_have_one_directory() throws IOException {
        var files = directory.resolve("responses");
        var config = config("kv", files);
        try (var node = KvNode.start(directory, "killed", SECRETS, "--config", config)) {
            call(node, "put", ASKED + HEAD + BODY);

            assertThat(refused("second", config)).contains("triport-cache.lock: held");
            assertThat(bodyOf(call(node, "match", ASKED))).isEqualTo(BODY);
            node.kill();
        }
        assertThat(bodies(files)).hasSize(1);

        try (var again = KvNode.start(directory, "again", SECRETS, "--config", config)) {
            assertThat(bodies(files)).isEmpty();
            assertThat(call(again, "match", ASKED)).isEmpty();
        }
    }

    @Test
    void a_directory_with_something_else_in_it_ends_the_start_and_keeps_what_it_has() throws IOException {
        var files = Files.createDirectory(directory.resolve("documents"));
        var letter = Files.writeString(files.resolve("letter.txt"), "mine");

        var said = refused("foreign", config("kv", files));

        assertThat(said).contains("letter.txt", "expected: an empty directory");
        assertThat(letter).hasContent("mine");
        assertThat(files).isDirectoryContaining("glob:**letter.txt").isDirectoryNotContaining("glob:**.lock");
    }

    private String config(String name, Path files) throws IOException {
        var text = CONFIGURATION.formatted(files);
        return Files.writeString(directory.resolve(name + ".yml"), text).toString();
    }

    /** What a node says that does not start. */
    private String refused(String name, String config) {
        try (var node = KvNode.launch(directory.resolve(name), name, SECRETS, "--config", config)) {
            assertThat(node.exit()).isNotZero();
            return node.output();
        }
    }

    private String call(AppProcess node, String operation, String body) throws IOException {
        var answer = client.send(node.address(), client.signSearch("/zin/cache/" + operation, "?cache=pages", body));
        assertThat(answer.status()).as(answer.body()).isIn(200, 204);
        return answer.body();
    }

    private static String bodyOf(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    private static List<Path> bodies(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".body")).toList();
        }
    }
}
