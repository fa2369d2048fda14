package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StorageSettings;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The manager on PostgreSQL, and beside it a program that writes by itself, as the KV proxy does. */
final class PostgreSqlManagerTest extends EnginesContract {
    private static final String OVERWRITE = """
        update kv_entry e set value = ?, metadata = ?, version = nextval('kv_version')
        from namespace n where n.number = e.namespace and n.title = ? and e.key = ?\
        """;

    private final StorageSettings.PostgreSql database = PostgreSqlServer.freshDatabase();

    @Override
    protected StorageSettings.Engine engine() {
        return database;
    }

    @Test
    void another_lifetime_by_a_job_takes_back_no_write_that_was_answered_meanwhile() throws Exception {
        put("a", "{\"value\":\"old\"}");

        meanwhile(() -> done("POST", "/api/keys/" + here() + "/bulk-ttl", "{\"keys\":[\"a\"],\"expiration_ttl\":600}"));

        var now = result("GET", "/api/keys/" + here() + "/a");
        assertThat(now.path("value").asText()).isEqualTo("answered");
        assertThat(now.path("metadata").asInt()).isEqualTo(7);
        assertThat(now.path("expiration").asLong()).isPositive();
    }

    @Test
    void keys_that_move_to_another_namespace_come_as_they_were_written_last() throws Exception {
        put("a", "{\"value\":\"old\"}");

        meanwhile(() -> {
            var moved = manager()
                    .send(
                            "POST",
                            "/api/migrate/keys",
                            "{\"sourceNamespaceId\":\"" + here() + "\",\"targetNamespaceId\":\"" + there()
                                    + "\",\"keys\":[\"a\"],\"cutoverMode\":\"copy_delete\"}");
            return JobWorld.ended(manager(), moved.json().path("jobId").asText());
        });

        assertThat(result("GET", "/api/keys/" + there() + "/a").path("value").asText())
                .isEqualTo("answered");
        assertThat(manager().send("GET", "/api/keys/" + here() + "/a").status()).isEqualTo(404);
    }

    @Test
    void a_key_that_gets_another_name_keeps_what_was_written_last() throws Exception {
        put("a", "{\"value\":\"old\"}");

        meanwhile(() ->
                manager().send("POST", "/api/keys/" + here() + "/rename", "{\"old_name\":\"a\",\"new_name\":\"b\"}"));

        assertThat(value("b")).isEqualTo("answered");
    }

    @Test
    void a_delete_under_a_version_spares_what_was_written_since() throws Exception {
        put("a", "{\"value\":\"old\"}");
        var tag = manager().send("GET", "/api/keys/" + here() + "/a").header("etag");

        var answer = meanwhile(() -> manager()
                .send(
                        "DELETE",
                        "/api/keys/" + here() + "/a",
                        Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, "If-Match", tag),
                        Bytes.EMPTY));

        assertThat(answer.code()).isEqualTo("version_conflict");
        assertThat(value("a")).isEqualTo("answered");
    }

    @Test
    void what_a_write_replaces_is_kept_as_it_was_written_last() throws Exception {
        put("a", "{\"value\":\"old\"}");

        meanwhile(() -> manager().send("PUT", "/api/keys/" + here() + "/a", "{\"value\":\"mine\"}"));
        manager().send("POST", "/api/backup/" + here() + "/a/undo");

        assertThat(value("a")).isEqualTo("answered");
    }

    /** Overwrites the key and answers when the manager has come so far that it waits for it. */
    private <R> R meanwhile(Callable<R> work) throws Exception {
        try (var connection = PostgreSqlServer.connect(database);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            overwrite(connection);
            var working = executor.submit(work);
            try (var watcher = PostgreSqlServer.connect(database)) {
                while (!working.isDone() && !someoneWaits(watcher)) {
                    Thread.onSpinWait();
                }
            }
            connection.commit();
            return working.get();
        }
    }

    private static void overwrite(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(OVERWRITE)) {
            statement.setBytes(1, bytes("answered"));
            statement.setBytes(2, bytes("7"));
            statement.setBytes(3, bytes("here"));
            statement.setBytes(4, bytes("a"));
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private static boolean someoneWaits(Connection watcher) throws SQLException {
        try (var statement = watcher.createStatement();
                var rows = statement.executeQuery("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'")) {
            return rows.next() && rows.getLong(1) > 0;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
