package io.triport.manager.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.Tick;
import io.triport.domain.schedule.TickClaim;
import io.triport.identity.launch.StartMode;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clock begins at midnight. */
final class CronRoutesTest {
    private static final TaskName OTHERS = new TaskName("others-sweep");

    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world = JobWorld.at(clock);
    private final ManagerUnderTest manager =
            ManagerUnderTest.start("triport: {}", clock, StartMode.Credentials.DEVELOPMENT, world);

    /** @return the name of its ticks */
    private String schedule() {
        var namespace = world.namespace("here");
        return "schedule-"
                + manager.send(
                                "POST",
                                "/api/schedules",
                                ("{\"name\":\"hourly\",\"cron\":\"0 * * *"
                                                + " *\",\"timezone\":\"Europe/Berlin\",\"enabled\":true,"
                                                + "\"job\":{\"type\":\"export\",\"params\":{\"namespace_id\":\"%s\"}}}")
                                        .formatted(namespace))
                        .result()
                        .path("schedule")
                        .path("id")
                        .asText();
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    private JsonNode cron(String name) {
        var all = manager.send("GET", "/api/crons").result().path("crons");
        return all.valueStream()
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(all.toString()));
    }

    private Tick claimed(Instant newest) {
        var now = clock.instant();
        return world.ticks()
                .claim(OTHERS, new TickClaim(newest, now, now.plus(Duration.ofMinutes(1))))
                .orElseThrow();
    }

    @Test
    void what_was_never_looked_at_waits() {
        var all = manager.send("GET", "/api/crons").result().path("crons");

        assertThat(all).isNotEmpty();
        for (var one : all) {
            assertThat(one.path("state").asText()).isEqualTo("waiting");
            assertThat(one.path("newest_at").isNull()).isTrue();
            assertThat(one.path("next_at").asText()).isGreaterThan("2026-01-01T00:00:00.000Z");
        }
    }

    @Test
    void what_this_app_runs_is_shown_with_its_times() {
        var shown = cron(schedule());

        assertThat(shown.path("cron").asText()).isEqualTo("0 * * * *");
        assertThat(shown.path("timezone").asText()).isEqualTo("Europe/Berlin");
        assertThat(shown.path("next_at").asText()).isEqualTo("2026-01-01T01:00:00.000Z");
    }

    @Test
    void what_has_run_is_shown_with_its_newest_time() {
        var schedule = schedule();
        manager.lookAtTheClock();
        clock.advance(Duration.ofHours(1));
        manager.lookAtTheClock();

        var shown = cron(schedule);

        assertThat(shown.path("state").asText()).isEqualTo("idle");
        assertThat(shown.path("newest_at").asText()).isEqualTo("2026-01-01T01:00:00.000Z");
        assertThat(shown.path("attempt").asInt()).isEqualTo(1);
        assertThat(shown.path("next_at").asText()).isEqualTo("2026-01-01T02:00:00.000Z");
    }

    @Test
    void what_another_app_runs_is_shown_as_far_as_it_is_noted() {
        assertThat(world.ticks().claim(OTHERS, new TickClaim(Instant.EPOCH, clock.instant(), clock.instant())))
                .isEmpty();
        clock.advance(Duration.ofMinutes(1));
        var tick = claimed(clock.instant());

        assertThat(cron(OTHERS.text()).path("state").asText()).isEqualTo("running");
        assertThat(cron(OTHERS.text()).path("cron").isNull()).isTrue();
        assertThat(cron(OTHERS.text()).path("next_at").isNull()).isTrue();

        clock.advance(Duration.ofMinutes(2));
        assertThat(cron(OTHERS.text()).path("state").asText()).isEqualTo("abandoned");

        world.ticks().done(tick);
        assertThat(cron(OTHERS.text()).path("state").asText()).isEqualTo("idle");
    }

    @Test
    void who_sees_a_part_sees_none() {
        world.namespace("here");
        for (var more : new String[] {"", ",\"namespaces\":\"here\""}) {
            var made = manager.send("POST", "/api/api-keys", "{\"name\":\"v\",\"role\":\"viewer\"" + more + "}");
            var bearer = Map.of(
                    "Authorization", "Bearer " + made.result().path("key").asText());
            var seen = manager.send("GET", "/api/crons", bearer, Bytes.EMPTY)
                    .result()
                    .path("crons");

            assertThat(seen.isEmpty()).isEqualTo(!more.isEmpty());
        }
    }
}
