package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PostgreSqlStorageTest {
    private static final CursorScope SCOPE = new CursorScope(StoragePort.KEY_VALUE, "CACHE", Bytes.EMPTY);

    private final SettableClock clock = SettableClock.anywhere();

    @Test
    void nodes_that_start_at_once_make_the_tables_once_and_share_the_key_of_cursors() {
        var settings = EmbeddedServer.bareDatabase();

        var nodes = AtOnce.run(4, node -> () -> open(settings));

        var cursor = nodes.getFirst().engine().cursors().seal(SCOPE, Bytes.utf8("here"));
        assertThat(nodes)
                .allSatisfy(node ->
                        assertThat(node.engine().cursors().open(SCOPE, cursor)).isEqualTo(Bytes.utf8("here")));
        nodes.forEach(PostgreSqlStorage::close);
        EmbeddedServer.drop(settings);
    }

    @Test
    void a_server_that_is_not_there_stops_the_start_and_the_reason_is_one_line_with_the_setting() {
        var nowhere = settings("//127.0.0.1:1/none?sslmode=disable", Duration.ofMillis(1));

        assertThatThrownBy(() -> open(nowhere)).isInstanceOfSatisfying(StorageFailure.Unavailable.class, failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(failure)
                    .hasMessageStartingWith("triport.storage: //127.0.0.1:1/none: ")
                    .hasMessageContaining("(expected: ")
                    .message()
                    .hasLineCount(1);
        });
    }

    @Test
    void nobody_waits_for_a_database_that_will_never_be_there() {
        var settings = EmbeddedServer.bareDatabase();
        EmbeddedServer.drop(settings);
        var patient = settings(settings.url().replace("jdbc:postgresql:", ""), Duration.ofDays(1));

        assertThatThrownBy(() -> open(patient))
                .isInstanceOf(StorageFailure.Unavailable.class)
                .hasMessageContaining("does not exist");
    }

    private static PostgreSqlSettings settings(String location, Duration start) {
        var usual = StorageSettings.Bounds.USUAL;
        return new PostgreSqlSettings(
                "jdbc:postgresql:" + location,
                "postgres",
                Secret.of("postgres"),
                new StorageSettings.Bounds(usual.connections(), start, usual.connection(), usual.statement()));
    }

    @Test
    void another_url_than_one_of_postgresql_is_refused() {
        assertThatThrownBy(() -> new PostgreSqlSettings("jdbc:h2:mem:", "user", Secret.of("password")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql:");
    }

    @Test
    void settings_do_not_tell_the_password() {
        var settings = new PostgreSqlSettings("jdbc:postgresql://127.0.0.1/db", "user", Secret.of("hunter2"));

        assertThat(settings.toString()).doesNotContain("hunter2");
    }

    private PostgreSqlStorage open(PostgreSqlSettings settings) {
        return PostgreSqlStorage.open(settings, clock, Randomness.system());
    }
}
