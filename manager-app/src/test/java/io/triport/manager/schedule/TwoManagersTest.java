package io.triport.manager.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.automation.AutomationTask;
import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two managers on one PostgreSQL are one manager. */
@Timeout(180)
final class TwoManagersTest {
    private static final int HOURS = 5;

    @TempDir
    private Path directory;

    private final SettableClock clock = SettableClock.anywhere();

    @Test
    void of_two_that_look_at_the_same_moment_one_runs_each_time() {
        try (var database = PostgreSqlCluster.start(directory);
                var one = manager(database);
                var other = manager(database)) {
            var schedule = schedule(one);
            other.fallDue(AutomationTask.SCHEDULES);
            assertThat(other.send("GET", "/api/schedules/" + schedule).status()).isEqualTo(200);
            other.lookAtTheClock();
            var both = List.of(one, other);

            for (var hour = 0; hour < HOURS; hour++) {
                clock.advance(Duration.ofHours(1));
                AtOnce.run(2, number -> () -> {
                    both.get(number).lookAtTheClock();
                    return number;
                });
                JobWorld.ended(one, runs(other, schedule).path(0).path("job_id").asText());
            }

            var runs = runs(one, schedule);
            assertThat(runs).hasSize(HOURS);
            assertThat(runs.findValuesAsText("due_at")).doesNotHaveDuplicates();
            assertThat(runs.findValuesAsText("attempt")).containsOnly("1");
            assertThat(runs.findValuesAsText("status")).containsOnly("completed");
            assertThat(one.send("GET", "/api/jobs").result().path("total").asInt())
                    .isEqualTo(HOURS);
        }
    }

    private ManagerUnderTest manager(PostgreSqlCluster database) {
        var url = "jdbc:postgresql://" + database.location();
        return ManagerUnderTest.over(new StorageSettings.PostgreSql(url, "postgres", Secret.of("postgres")), clock);
    }

    private static String schedule(ManagerUnderTest manager) {
        var namespace = manager.send("POST", "/api/namespaces", "{\"title\":\"here\"}")
                .result()
                .path("id")
                .asText();
        var made = manager.send(
                "POST",
                "/api/schedules",
                "{\"name\":\"hourly\",\"cron\":\"0 * * *"
                        + " *\",\"job\":{\"type\":\"index_check\",\"params\":{\"namespace_id\":\""
                        + namespace + "\"}}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.result().path("schedule").path("id").asText();
    }

    private static JsonNode runs(ManagerUnderTest manager, String schedule) {
        return manager.send("GET", "/api/schedules/" + schedule + "/runs")
                .result()
                .path("runs");
    }
}
