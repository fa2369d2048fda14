package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys from the command that makes them to the proxy that takes them, in processes of their own. */
final class ApiKeysTest {
    private static final Map<String, String> SECRETS = Map.of("PEPPER", "a pepper of thirty-two bytes or more");
    private static final String GET = "{\"namespace\":\"BILLS\",\"key\":\"1\",\"type\":\"json\"}";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(file(), """
            identity:
              scripts: {type: api-key, pepper: ["${env:PEPPER}"]}
            triport:
              kv:
                ports: [sql]
                databases: [main]
                callers:
                  billing:
                    by: scripts
                    subjects: [billing]
                    scopes: [kv.get, kv.put, sql.query, sql.write]
                    namespaces: [BILLS]
                    prefixes: [""]
                    databases: [main]
            """);
    }

    @Test
    void a_key_that_the_command_made_opens_what_it_names_until_it_is_disabled() throws Exception {
        var printed = command("--owner", "billing", "--scopes", "kv.get,kv.put,sql.query");
        assertThat(printed).hasLineCount(1).startsWith("tp_live_");
        var key = printed.strip();
        var id = command("--list").substring("id=".length()).split(" ", -1)[0];

        try (var node = KvNode.start(directory, "first", SECRETS, "--config", file().toString())) {
            var address = node.address();
            assertThat(call(address, "kv/put", "{\"namespace\":\"BILLS\",\"key\":\"1\",\"value\":3}", key)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(call(address, "kv/get", GET, key).body()).isEqualTo("{\"value\":3}");
            assertThat(call(address, "sql/query", sql("SELECT 1 AS one"), key).body())
                    .contains("\"one\":1");
            assertThat(call(address, "sql/query", sql("CREATE TABLE t (a)"), key)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(call(address, "kv/list", "{\"namespace\":\"BILLS\"}", key)
                            .body())
                    .contains("SCOPE_DENIED");
            node.terminate();
            node.exit();
        }

        command("--disable", id);

        try (var node = KvNode.start(directory, "second", SECRETS, "--config", file().toString())) {
            var refused = call(node.address(), "kv/get", GET, key);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("KEY_REVOKED");
        }
    }

    private static String sql(String statement) {
        return "{\"database\":\"main\",\"sql\":\"" + statement + "\"}";
    }

    private HttpResponse<String> call(URI address, String operation, String json, String key)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve("/zin/" + operation))
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(json))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** What the command says to a script. */
    private String command(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("keygen", "api-key", "--config", file().toString()));
        all.addAll(List.of("--data", directory.resolve("data").toString()));
        all.addAll(List.of(words));
        return ProxyCommand.run(KvNode.program(), directory.resolve("told"), SECRETS, all);
    }

    private Path file() {
        return directory.resolve("kv.yml");
    }
}
