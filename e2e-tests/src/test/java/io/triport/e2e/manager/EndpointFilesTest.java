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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of jobs and backups in a bucket behind an S3 endpoint, which is the object proxy. */
final class EndpointFilesTest {
    private static final String TOKEN = "a-token-of-thirty-two-characters-at-least";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OBJECTS = """
        buckets:
          - {name: files, backend_type: fs, backend_options: {root: files}}
        credentials:
          - access_key_id: MANAGER
            secret_access_key: ${env:SECRET}
            principal_name: manager
            allowed_scopes: [{bucket: files, actions: ["*"]}]
        """;

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void what_jobs_write_and_read_lies_there_and_nothing_in_the_data_directory() throws Exception {
        try (var client = HttpClient.newHttpClient();
                var objects = objects();
                var manager = manager(objects.address())) {
            var here = namespace(client, manager, "here");
            var there = namespace(client, manager, "there");
            var items = new StringBuilder();
            for (var number = 0; number < 500; number++) {
                items.append("{\"name\":\"k%d\",\"value\":\"v\",\"tags\":[\"t\"]}\n".formatted(number));
            }

            done(client, manager, "/api/import/" + here, items.toString());
            var export = done(client, manager, "/api/export/" + here + "?format=ndjson", "");
            done(client, manager, "/api/r2-backup/" + here, "");
            var backup = result(send(client, manager, "GET", "/api/r2-backup/" + here + "/list", ""))
                    .path(0);
            var named = "{\"backupPath\":\"" + backup.path("path").asText() + "\"}";
            var verdict = result(send(client, manager, "POST", "/api/r2-backup/" + here + "/verify", named));
            done(client, manager, "/api/r2-restore/" + there, named);
            done(client, manager, "/api/keys/" + here + "/bulk-r2-copy", "{\"filter\":{},\"prefix\":\"copies\"}");

            assertThat(send(client, manager, "GET", export.path("download_url").asText(), ""))
                    .hasLineCount(500);
            assertThat(backup.path("items").asInt()).isEqualTo(500);
            assertThat(verdict.path("valid").asBoolean()).isTrue();
            assertThat(send(client, manager, "GET", "/api/keys/" + there + "/k499/raw", ""))
                    .isEqualTo("v");
            assertThat(send(client, manager, "GET", "/api/r2-objects/" + here + "/copies/k7", ""))
                    .isEqualTo("v");
            assertThat(directory.resolve("manager/data/manager-files")).doesNotExist();
        }
    }

    private String namespace(HttpClient client, AppProcess manager, String title) {
        return result(send(client, manager, "POST", "/api/namespaces", "{\"title\":\"" + title + "\"}"))
                .path("id")
                .asText();
    }

    private AppProcess objects() throws IOException {
        var home = Files.createDirectories(directory.resolve("objects"));
        var file = Files.writeString(home.resolve("objects.yaml"), OBJECTS);
        return AppProcess.launch(
                        AppProcess.Run.in(home, "object-proxy", io.triport.objects.Application.class, "output"),
                        Map.of("SECRET", SECRET),
                        List.of("--config", file.toString()))
                .awaited();
    }

    private AppProcess manager(URI endpoint) throws IOException {
        var home = Files.createDirectories(directory.resolve("manager"));
        var file = Files.writeString(home.resolve("manager.yaml"), """
            triport:
              manager:
                files:
                  endpoint: %s
                  bucket: files
                  prefix: managers
                  access-key-id: MANAGER
                  secret-access-key: "${env:SECRET}"
            """.formatted(endpoint));
        return AppProcess.launch(
                        AppProcess.Run.in(home, "manager", io.triport.manager.Application.class, "output"),
                        Map.of("SECRET", SECRET, "TRIPORT_API_TOKEN", TOKEN),
                        List.of("--config", file.toString()))
                .awaited();
    }

    private JsonNode done(HttpClient client, AppProcess manager, String route, String body) {
        var job = result(send(client, manager, "POST", route, body))
                .path("job_id")
                .asText();
        var row = new JsonNode[1];
        Within.reason(job, () -> {
            row[0] = result(send(client, manager, "GET", "/api/jobs/" + job, ""));
            return !row[0].path("status").asText().matches("queued|running");
        });
        assertThat(row[0].path("status").asText()).as(row[0].toString()).isEqualTo("completed");
        return row[0];
    }

    private JsonNode result(String answer) {
        try {
            return json.readTree(answer).path("result");
        } catch (IOException e) {
            throw new AssertionError(answer, e);
        }
    }

    private static String send(HttpClient client, AppProcess manager, String method, String path, String body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(manager.address() + path))
                    .header("Authorization", "Bearer " + TOKEN)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
