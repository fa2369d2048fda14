package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.storage.StorageLevel.Kind;
import io.triport.domain.storage.StorageSettings;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoolTest {
    @ParameterizedTest
    @CsvSource({
        "statement_timeout, 5s",
        "idle_in_transaction_session_timeout, 10s",
        "application_name, triport",
        "transaction_isolation, read committed"
    })
    void the_server_bounds_what_a_connection_may_hold(String setting, String value) throws SQLException {
        var settings = EmbeddedServer.bareDatabase();
        try (var pool = Pool.open(settings);
                var connection = pool.getConnection()) {
            assertThat(new Call(connection, "select current_setting('" + setting + "')").first(row -> row.getString(1)))
                    .contains(value);
        } finally {
            EmbeddedServer.drop(settings);
        }
    }

    @Test
    void no_wait_of_a_caller_is_without_a_bound() {
        var settings = EmbeddedServer.bareDatabase();
        try (var pool = Pool.open(settings)) {
            assertThat(pool.getConnectionTimeout()).isEqualTo(1_000);
            assertThat(pool.getMinimumIdle()).isEqualTo(2);
            assertThat(pool.getDataSourceProperties())
                    .containsEntry("socketTimeout", "6")
                    .containsEntry("connectTimeout", "1");
        } finally {
            EmbeddedServer.drop(settings);
        }
    }

    @Test
    void connections_that_are_lent_and_who_waits_for_one_are_told() throws InterruptedException {
        var database = EmbeddedServer.freshDatabase();
        var one = new StorageSettings.Bounds(1, Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(30));
        try (var pool = Pool.open(new PostgreSqlSettings(database.url(), database.user(), database.password(), one))) {
            var lending = new PooledDatabase(pool);
            var waiting = lending.read(connection -> {
                assertThat(level(lending, Kind.BUSY)).isEqualTo(1);
                assertThat(level(lending, Kind.IDLE)).isZero();
                var late = Thread.startVirtualThread(() -> lending.read(other -> true));
                while (level(lending, Kind.WAITING) != 1) {
                    Thread.onSpinWait();
                }
                return late;
            });
            waiting.join();

            assertThat(level(lending, Kind.BUSY)).isZero();
            assertThat(level(lending, Kind.WAITING)).isZero();
        } finally {
            EmbeddedServer.drop(database);
        }
    }

    private static double level(PooledDatabase database, Kind kind) {
        return database.levels("data").stream()
                .filter(level -> level.kind() == kind)
                .mapToDouble(level -> level.now().getAsDouble())
                .sum();
    }

    @Test
    void the_bounds_are_those_of_the_settings() throws SQLException {
        var database = EmbeddedServer.bareDatabase();
        var settings = new PostgreSqlSettings(
                database.url(),
                database.user(),
                database.password(),
                new StorageSettings.Bounds(3, Duration.ZERO, Duration.ofSeconds(2), Duration.ofMillis(700)));
        try (var pool = Pool.open(settings);
                var connection = pool.getConnection()) {
            assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
            assertThat(pool.getConnectionTimeout()).isEqualTo(2_000);
            assertThat(pool.getDataSourceProperties()).containsEntry("socketTimeout", "2");
            assertThat(new Call(connection, "select current_setting('statement_timeout')")
                            .first(row -> row.getString(1)))
                    .contains("700ms");
        } finally {
            EmbeddedServer.drop(settings);
        }
    }
}
