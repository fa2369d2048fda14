package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.identity.launch.Launch;
import io.triport.kv.KvProxyApp;
import io.triport.testkit.PostgreSqlCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk with databases is lost, and what was shipped from it comes back. */
final class SqlHistoryTest {
    private static final int ROWS = 40;
    private static final int LARGE = 300_000;
    private static final String SECRET = "all-remote-secret-0123456789abcdef-0123456789";
    private static final Map<String, String> SECRETS = Map.of("ALL", SECRET);
    private static final Pattern BEHIND = Pattern.compile("triport_storage_behind_seconds\\{[^}]*} (\\S+)");
    private static final Pattern ID = Pattern.compile("id=(\\S+) name=orders ");

    @TempDir
    private Path directory;

    @TempDir
    private Path otherDisk;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void every_answered_row_comes_back_after_the_databases_are_lost() throws IOException {
        var file = configuration();
        try (var client = new WireClient("all", SECRET);
                var node = KvNode.start(directory, "first", SECRETS, "--config", file)) {
            call(client, node, "exec", "create table t (id integer primary key, v)");
            for (var row = 0; row < ROWS; row++) {
                call(client, node, "query", "insert into t (v) values (randomblob(20))");
            }
            var before = logBytes();
            // What is in the log of states then has all that was answered before.
            call(client, node, "query", "insert into t (v) values (randomblob(" + LARGE + "))");
            Within.reason("in the log of states", () -> logBytes() > before + LARGE / 2);
            Within.reason("in the bucket", () -> behind(node) == 0);
            node.kill();
        }
        removeAll(data().resolve("sql"));

        assertThat(restore("--config", file, "--data", data().toString()))
                .as(err::toString)
                .isZero();
        var listed = ID.matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(listed.find()).as(out::toString).isTrue();
        var id = listed.group(1);
        assertThat(restore("--config", file, "--data", data().toString(), "--database", id))
                .as(err::toString)
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("bookmark=");

        try (var client = new WireClient("all", SECRET);
                var node = KvNode.start(directory, "second", SECRETS, "--config", file)) {
            assertThat(call(client, node, "query", "select count(*) as n, max(length(v)) as l from t"))
                    .contains("[{\"n\":" + (ROWS + 1) + ",\"l\":" + LARGE + "}]");
            call(client, node, "query", "insert into t (v) values (1)");
        }
        assertThat(restore("--config", file, "--data", data().toString(), "--database", id))
                .isEqualTo(Launch.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("database: " + id + " is here");
    }

    @Test
    void without_a_place_nothing_can_be_restored() throws IOException {
        var file = Files.writeString(
                directory.resolve("plain.yml"), "triport: {kv: {keys: {all: {secrets: ['${env:ALL}']}}}}");

        assertThat(restore("--config", file.toString(), "--data", data().toString()))
                .isEqualTo(Launch.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no place for earlier states");
        assertThat(restore("--config", file.toString(), "--database", "x")).isEqualTo(Launch.MISUSED);
        assertThat(restore()).isEqualTo(Launch.MISUSED);
    }

    @Test
    void databases_on_a_server_have_no_earlier_states_to_restore(@TempDir Path server) throws IOException {
        try (var database = PostgreSqlCluster.start(server)) {
            var file = configuration();
            var environment = new HashMap<>(SECRETS);
            environment.put("TRIPORT_STORAGE", "postgresql://postgres@" + database.location());

            var ended = restore(environment, "--config", file, "--data", data().toString());

            assertThat(ended).isEqualTo(Launch.FAILED);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("sql-history: databases are on the server");
        }
    }

    /** Where the process has it. */
    private Path data() {
        return directory.resolve("data");
    }

    private String configuration() throws IOException {
        return Files.writeString(directory.resolve("kv.yml"), """
            triport:
              kv:
                ports: [sql]
                databases: [orders]
                sql-history: {directory: %s}
                keys:
                  all: {secrets: ["${env:ALL}"], scopes: [sql.query, sql.write], databases: ["*"]}
            """.formatted(otherDisk.resolve("history")))
                .toString();
    }

    private int restore(String... arguments) {
        return restore(SECRETS, arguments);
    }

    private int restore(Map<String, String> environment, String... arguments) {
        var words = new ArrayList<>(List.of("restore"));
        words.addAll(List.of(arguments));
        return new Launch(
                        KvProxyApp.create(),
                        environment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(words);
    }

    private static String call(WireClient client, AppProcess node, String operation, String sql) throws IOException {
        var body = "{\"database\":\"orders\",\"sql\":\"" + sql + "\"}";
        var answer = client.send(node.address(), client.signPath("/zin/sql/" + operation, body));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static double behind(AppProcess node) {
        var found = BEHIND.matcher(node.page("/metrics"));
        assertThat(found.find()).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private long logBytes() {
        try (var all = Files.walk(data().resolve("sql"))) {
            return all.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(SqlHistoryTest::size)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeAll(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
