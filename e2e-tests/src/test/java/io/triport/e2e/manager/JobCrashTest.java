package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.triport.e2e.AppProcess;
import io.triport.e2e.kv.Within;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a manager that is killed while it does them. */
final class JobCrashTest {
    private static final String TOKEN = "a-token-of-thirty-two-characters-at-least";
    private static final int KEYS = 20_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private AppProcess manager;

    @BeforeEach
    void begin() {
        manager = start("first.out");
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        manager.close();
    }

    @Test
    void a_killed_import_and_a_killed_export_go_on_and_lose_and_repeat_nothing() throws Exception {
        var here = namespace("here");
        var imported = job("POST", "/api/import/" + here, lines());
        killWithin(imported);

        manager = start("second.out");
        var done = ended(imported);
        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.path("processed_keys").asLong()).isEqualTo(KEYS);
        assertThat(done.path("result").path("written").asLong()).isEqualTo(KEYS);
        assertThat(events(imported))
                .containsExactly("started", "progress_25", "progress_50", "progress_75", "completed");

        var tagged = job(
                "POST",
                "/api/metadata/" + here + "/bulk-tag",
                "{\"filter\":{\"prefix\":\"key-\"},\"tags\":[\"t\"],\"operation\":\"add\"}");
        killWithin(tagged);

        manager = start("third.out");
        assertThat(ended(tagged).path("processed_keys").asLong()).isEqualTo(KEYS);
        var exported = job("POST", "/api/export/" + here + "?format=ndjson", "");
        assertThat(ended(exported).path("processed_keys").asLong()).isEqualTo(KEYS);
        var file = send("GET", "/api/jobs/" + exported + "/download", "");
        assertThat(file.lines()).hasSize(KEYS).allMatch(line -> line.contains("\"tags\":[\"t\"]"));
    }

    private AppProcess start(String output) {
        return AppProcess.launch(
                        AppProcess.Run.in(directory, "manager", io.triport.manager.Application.class, output),
                        Map.of("TRIPORT_API_TOKEN", TOKEN),
                        List.of())
                .awaited();
    }

    /** Kills the manager when the job has begun, at the latest when it has ended. */
    private void killWithin(String job) {
        Within.reason("begun: " + job, () -> {
            var row = row(job);
            return row.path("processed_keys").asLong() > 0
                    || row.path("status").asText().equals("completed");
        });
        manager.kill();
    }

    private JsonNode ended(String job) {
        Within.reason("ended: " + job, () -> !row(job).path("status").asText().matches("queued|running"));
        return row(job);
    }

    private JsonNode row(String job) {
        return result("GET", "/api/jobs/" + job, "");
    }

    private List<String> events(String job) {
        var kinds = new ArrayList<String>();
        result("GET", "/api/jobs/" + job + "/events", "")
                .path("events")
                .forEach(event -> kinds.add(event.path("event_type").asText()));
        return kinds;
    }

    private String namespace(String title) {
        return result("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                .path("id")
                .asText();
    }

    private String job(String method, String path, String body) {
        return result(method, path, body).path("job_id").asText();
    }

    private JsonNode result(String method, String path, String body) {
        try {
            return JSON.readTree(send(method, path, body)).path("result");
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    private String send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(manager.address() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(path + "\n" + manager.output(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String lines() {
        var lines = new StringBuilder();
        for (var at = 0; at < KEYS; at++) {
            lines.append("{\"name\":\"key-").append(at).append("\",\"value\":\"v\",\"custom_metadata\":{\"n\":1}}\n");
        }
        return lines.toString();
    }
}
