package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.RedisProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses that a KV proxy has are purged by a manager beside it, with Cloudflare's API. */
final class PurgeFromManagerTest {
    private static final String KV = """
        triport:
          kv:
            ports: [cache]
            caches: [pages]
            %s
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes: [cache.match, cache.put]
                caches: [pages]
                prefixes: [""]
        """;
    private static final String MANAGER = """
        triport:
          manager:
            caches: [pages]
            %s
        """;
    private static final String TOKEN = "a-token-of-thirty-two-characters-at-least";
    private static final Map<String, String> SECRETS =
            Map.of("ALL", "all-remote-secret-0123456789abcdef-0123456789", "TRIPORT_API_TOKEN", TOKEN);

    @TempDir
    private Path directory;

    @TempDir
    private Path serverDirectory;

    private final WireClient client = new WireClient("all", SECRETS.getOrDefault("ALL", ""));

    @Test
    void in_the_memory_of_a_node_that_shares_the_database() throws IOException {
        try (var database = PostgreSqlCluster.start(serverDirectory)) {
            purgesEachKind("", Map.of("TRIPORT_STORAGE", "postgresql://postgres@" + database.location()));
        }
    }

    @Test
    void on_the_server_that_has_them() throws IOException {
        try (var redis = RedisProcess.start("")) {
            purgesEachKind("cache-store: " + redis.address(), Map.of());
        }
    }

    @Test
    void a_manager_whose_purges_nobody_would_hear_of_does_not_start() throws IOException {
        try (var alone = manager("", SECRETS)) {
            assertThat(alone.exit()).isEqualTo(78);
            assertThat(alone.output()).contains("storage", "embedded", "manager.caches");
        }
    }

    private void purgesEachKind(String store, Map<String, String> shared) throws IOException {
        var environment = new HashMap<>(SECRETS);
        environment.putAll(shared);
        try (var node = KvNode.launch(directory, "kv", environment, "--config", file("kv", KV.formatted(store)));
                var manager = manager(store, environment)) {
            node.awaited();
            manager.awaited();
            purges(node, manager, "{\"files\":[\"https://site.example/a\"]}");
            purges(node, manager, "{\"tags\":[\"tag\"]}");
            purges(node, manager, "{\"hosts\":[\"site.example\"]}");
            purges(node, manager, "{\"prefixes\":[\"site.example/a\"]}");
            purges(node, manager, "{\"purge_everything\":true}");
        }
    }

    /** One response of two. */
    private void purges(AppProcess node, AppProcess manager, String body) throws IOException {
        put(node, "https://site.example/a", "tag");
        put(node, "https://other.example/", "other");

        assertThat(purge(manager.address(), body)).isEqualTo(200);

        Within.reason("purged by " + body, () -> status(node, "https://site.example/a") == 204);
        var other = body.contains("everything") ? 204 : 200;
        assertThat(status(node, "https://other.example/")).isEqualTo(other);
    }

    private AppProcess manager(String store, Map<String, String> environment) throws IOException {
        return AppProcess.launch(
                AppProcess.Run.in(
                        directory.resolve("manager"), "manager", io.triport.manager.Application.class, "manager.out"),
                environment,
                List.of("--config", file("manager", MANAGER.formatted(store))));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name + ".yml"), text).toString();
    }

    private void put(AppProcess node, String url, String tag) throws IOException {
        var message = "GET " + url + " HTTP/1.1\r\n\r\nHTTP/1.1 200 OK\r\nCache-Control: public, max-age=3600\r\n"
                + "Cache-Tag: " + tag + "\r\n\r\nbody";
        assertThat(call(node, "put", message).status()).isEqualTo(200);
    }

    private int status(AppProcess node, String url) {
        try {
            return call(node, "match", "GET " + url + " HTTP/1.1\r\n\r\n").status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private WireClient.Answer call(AppProcess node, String operation, String body) throws IOException {
        return client.send(node.address(), client.signSearch("/zin/cache/" + operation, "?cache=pages", body));
    }

    private static int purge(URI manager, String body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(manager + "/client/v4/zones/pages/purge_cache"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
