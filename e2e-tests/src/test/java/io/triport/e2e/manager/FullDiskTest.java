package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.e2e.SmallDisk;
import io.triport.e2e.kv.Within;
import io.triport.manager.Application;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager whose disk is full: it says so, reads go on, and deletes make room. */
final class FullDiskTest {
    private static final String TOKEN = "a-token-of-thirty-two-characters-at-least";
    private static final int MEGABYTES = 32;
    private static final int KEYS = 40;

    /** In the database, and not in a file beside it. */
    private static final String VALUE = "v".repeat(60_000);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path disk;

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        client.shutdownNow();
    }

    @Test
    void a_full_disk_is_told_and_keys_can_be_deleted_until_there_is_room_again() {
        try (var small = SmallDisk.mount(disk, MEGABYTES);
                var manager = AppProcess.launch(
                                AppProcess.Run.in(directory, "manager", Application.class, "manager.out")
                                        .on(small),
                                Map.of("TRIPORT_API_TOKEN", TOKEN),
                                List.of())
                        .awaited()) {
            var made = send(manager, "POST", "/api/namespaces", "{\"title\":\"CACHE\"}");
            var id = made.body().replaceAll(".*\"id\":\"([0-9a-f]{32})\".*", "$1");
            var keys = "/api/keys/" + id + "/";
            for (var number = 0; number < KEYS; number++) {
                assertThat(put(manager, keys + number).statusCode()).isEqualTo(200);
            }
            small.fill();

            Within.reason(
                    "no room for another version",
                    () -> put(manager, keys + "0").statusCode() == 507);
            assertThat(put(manager, keys + "1").body()).contains("storage_full");
            assertThat(send(manager, "GET", keys + "1", "").statusCode()).isEqualTo(200);

            var deleted = 0;
            for (var number = 1; number < KEYS; number++) {
                if (send(manager, "DELETE", keys + number, "").statusCode() == 200) {
                    deleted++;
                    assertThat(send(manager, "GET", keys + number, "").statusCode())
                            .isEqualTo(404);
                }
            }
            assertThat(deleted).as(manager.output()).isEqualTo(KEYS - 1);

            small.empty();
            Within.reason("writes again", () -> put(manager, keys + "new").statusCode() == 200);
        }
    }

    private HttpResponse<String> put(AppProcess manager, String path) {
        return send(manager, "PUT", path, "{\"value\":\"" + VALUE + "\"}");
    }

    private HttpResponse<String> send(AppProcess manager, String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(manager.address() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
