package io.triport.e2e.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.e2e.OwnHost;
import io.triport.e2e.kv.Within;
import io.triport.objects.Application;
import io.triport.testkit.PostgreSqlCluster;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two object proxies with one index in PostgreSQL, one of them on a host of its own whose cable to the database is pulled. */
final class CutCableTest {
    private static final String KEYS = """
        credentials:
          - access_key_id: E2EKEY
            secret_access_key: ${env:SECRET}
            principal_name: e2e
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """;

    @TempDir
    private Path serverDirectory;

    @TempDir
    private Path directory;

    @Test
    void a_node_that_is_cut_off_refuses_all_and_when_it_is_back_it_knows_what_the_other_took() {
        try (var host = OwnHost.open();
                var database = PostgreSqlCluster.start(serverDirectory);
                var endpoint = ObjectNode.start(
                        directory.resolve("endpoint"), "buckets: [{name: raw, backend_type: memory}]\n" + KEYS);
                var far = far(host, database, endpoint).awaited();
                var near = near(database, endpoint).awaited();
                var there = new S3Client(far.address());
                var here = new S3Client(near.address())) {
            put(there, "/shelf/k", "before");
            assertThat(here.get("/shelf/k")).isEqualTo("before");

            host.cut();

            assertThat(status(there, "PUT", "/shelf/never")).isEqualTo(503);
            assertThat(status(there, "GET", "/shelf/k")).isEqualTo(503);
            assertThat(status(there, "DELETE", "/shelf/k")).isEqualTo(503);
            Within.reason("not ready", () -> far.status("/health/readiness") == 503);
            assertThat(far.status("/health/liveness")).isEqualTo(200);
            put(here, "/shelf/k", "meanwhile");

            host.heal();

            Within.reason("ready again", () -> far.status("/health/readiness") == 200);
            Within.reason("answers again", () -> status(there, "GET", "/shelf/k") == 200);
            assertThat(there.get("/shelf/k")).isEqualTo("meanwhile");
            assertThat(status(here, "GET", "/shelf/never")).isEqualTo(404);
            put(there, "/shelf/k", "after");
            assertThat(here.get("/shelf/k")).isEqualTo("after");
            assertThat(here.get("/shelf?list-type=2")).contains("<Key>k</Key>", "<KeyCount>1</KeyCount>");
        }
    }

    private AppProcess far(OwnHost host, PostgreSqlCluster database, AppProcess endpoint) {
        var bytes = "http://" + host.lastingWayTo(endpoint.address().getPort());
        return host.launch(
                run("far"),
                environment(host.wayToStore(database.port())),
                List.of("--config", file("far", URI.create(bytes))));
    }

    private AppProcess near(PostgreSqlCluster database, AppProcess endpoint) {
        return AppProcess.launch(
                run("near"),
                environment("127.0.0.1:" + database.port()),
                List.of("--config", file("near", endpoint.address())));
    }

    private AppProcess.Run run(String name) {
        return AppProcess.Run.in(directory.resolve(name), "object-proxy", Application.class, name + ".out");
    }

    private static Map<String, String> environment(String location) {
        return Map.of("SECRET", S3Client.SECRET, "TRIPORT_STORAGE", "postgresql://postgres@" + location + "/postgres");
    }

    private String file(String name, URI endpoint) {
        var yaml = """
            buckets:
              - name: shelf
                backend_type: s3
                backend_options:
                  index: postgresql
                  endpoint: "%s"
                  bucket_name: raw
                  access_key_id: E2EKEY
                  secret_access_key: ${env:SECRET}
            """.formatted(endpoint) + KEYS;
        return ObjectNode.configure(directory.resolve(name), yaml).toString();
    }

    private static void put(S3Client client, String path, String value) {
        assertThat(client.put(path, value.getBytes(UTF_8))).isEqualTo(200);
    }

    private static int status(S3Client client, String method, String path) {
        return client.send(method, path, new byte[0]).statusCode();
    }
}
