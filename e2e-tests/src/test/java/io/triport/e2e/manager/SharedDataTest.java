package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.e2e.AppProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The KV proxy and the manager as two processes over one data directory, as {@code ./triport up} starts them. */
final class SharedDataTest {
    private static final String SECRET = "a secret of thirty-two bytes, at least";
    private static final String TOKEN = "a-token-of-thirty-two-characters-at-least";
    private static final String SHARED = "--shared-data";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private AppProcess proxy;
    private AppProcess manager;

    @BeforeEach
    void start() {
        var starting = proxy("kv-proxy.out");
        manager = manager("manager.out", SHARED).awaited();
        proxy = starting.awaited();
    }

    @AfterEach
    void stop() {
        proxy.close();
        manager.close();
        client.close();
    }

    private AppProcess proxy(String output) {
        return AppProcess.launch(
                AppProcess.Run.in(directory, "kv-proxy", io.triport.kv.Application.class, output),
                Map.of("KV_REMOTE_SECRET", SECRET),
                List.of(SHARED));
    }

    private AppProcess manager(String output, String... arguments) {
        return AppProcess.launch(
                AppProcess.Run.in(directory, "manager", io.triport.manager.Application.class, output),
                Map.of("TRIPORT_API_TOKEN", TOKEN),
                List.of(arguments));
    }

    private String zin(String operation, String body) throws Exception {
        var path = "/zin/kv/" + operation;
        var timestamp = Long.toString(Instant.now().toEpochMilli());
        var nonce = UUID.randomUUID().toString();
        var digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        var hash = HexFormat.of().formatHex(digest);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var text = String.join("\n", "POST", path, "", timestamp, nonce, hash);
        var signature = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        var request = HttpRequest.newBuilder(URI.create(proxy.address() + path))
                .header("x-zt-key-id", "any")
                .header("x-zt-timestamp", timestamp)
                .header("x-zt-nonce", nonce)
                .header("x-zt-body-sha256", hash)
                .header("x-zt-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private String manage(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(manager.address() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private String keysOfCache() throws Exception {
        var listed = manage("GET", "/api/namespaces", "");
        var id = listed.substring(listed.indexOf("\"id\":\"") + 6).substring(0, 32);
        return "/api/keys/" + id;
    }

    @Test
    void what_one_stores_the_other_has_at_once() throws Exception {
        assertThat(zin("put", "{\"namespace\":\"CACHE\",\"key\":\"greeting\",\"value\":\"hello\"}"))
                .isEqualTo("{\"ok\":true}");
        var keys = keysOfCache();

        assertThat(manage("GET", keys + "/greeting/raw", "")).isEqualTo("\"hello\"");
        manage("PUT", keys + "/greeting/raw", "changed");
        assertThat(zin("get", "{\"namespace\":\"CACHE\",\"key\":\"greeting\",\"type\":\"text\"}"))
                .isEqualTo("{\"value\":\"changed\"}");
        zin("delete", "{\"namespace\":\"CACHE\",\"key\":\"greeting\"}");
        assertThat(manage("GET", keys + "/greeting", "")).contains("key_not_found");
    }

    @Test
    void a_writer_that_never_rests_keeps_the_other_from_nothing() throws Exception {
        zin("put", "{\"namespace\":\"CACHE\",\"key\":\"k\",\"value\":1}");
        var keys = keysOfCache();
        var over = new AtomicBoolean();
        var busy = List.of(1, 2, 3, 4).stream()
                .map(number -> CompletableFuture.supplyAsync(() -> {
                    var written = 0;
                    while (!over.get()) {
                        written += put(keys + "/busy" + number + "/raw");
                    }
                    return written;
                }))
                .toList();

        for (var round = 0; round < 50; round++) {
            assertThat(zin("put", "{\"namespace\":\"CACHE\",\"key\":\"k\",\"value\":" + round + "}"))
                    .isEqualTo("{\"ok\":true}");
        }
        over.set(true);

        for (var writer : busy) {
            assertThat(writer.get()).isPositive();
        }
        assertThat(zin("get", "{\"namespace\":\"CACHE\",\"key\":\"k\",\"type\":\"json\"}"))
                .isEqualTo("{\"value\":49}");
    }

    private int put(String path) {
        try {
            return manage("PUT", path, "x".repeat(1_000)).equals("{\"success\":true}") ? 1 : 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nobody_gets_the_directory_alone_or_a_name_that_is_had() {
        assertThatThrownBy(() -> manager("alone.out").awaited()).hasMessageContaining("held by another process");
        assertThatThrownBy(() -> manager("second.out", SHARED).awaited())
                .hasMessageContaining("one process of each name");
    }
}
