package io.triport.manager.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In whose name schedules run, and who sees them. */
@Timeout(120)
final class OwnersTest {
    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world = JobWorld.at(clock);
    private final String here = world.namespace("here");
    private final ManagerUnderTest manager =
            ManagerUnderTest.start("triport: {}", clock, StartMode.Credentials.DEVELOPMENT, world);

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void a_schedule_runs_in_its_owners_name_until_his_key_is_taken_away() {
        var ann = key("ann", "editor", "");
        var id = created(ann, delete());

        hour();
        var first = runs(id).path(0);
        JobWorld.ended(manager, first.path("job_id").asText());
        manager.send("DELETE", "/api/api-keys/" + ann.path("id").asText());
        hour();

        assertThat(manager.send("GET", "/api/jobs/" + first.path("job_id").asText())
                        .result()
                        .path("user_email")
                        .asText())
                .isEqualTo("key:ann");
        var second = runs(id).path(0);
        assertThat(second.path("status").asText()).isEqualTo("refused");
        assertThat(second.path("error").path("code").asText()).isEqualTo("forbidden");
    }

    @Test
    void a_key_that_has_expired_orders_nothing_more() {
        var ann = key("ann", "editor", ",\"expires_at\":\"2026-01-01T01:30:00Z\"");
        var id = created(ann, delete());

        hour();
        JobWorld.ended(manager, runs(id).path(0).path("job_id").asText());
        hour();

        assertThat(runs(id).path(0).path("status").asText()).isEqualTo("refused");
    }

    @Test
    void nobody_orders_by_a_schedule_what_he_may_not_order_himself() {
        var viewer = key("vic", "viewer", "");
        var auditor = key("aud", "auditor", "");
        var editor = key("ed", "editor", "");

        assertThat(create(viewer, delete()).code()).isEqualTo("forbidden");
        assertThat(create(auditor, export()).code()).isEqualTo("forbidden");
        assertThat(create(editor, "{\"type\":\"retention\",\"params\":{\"jobs_days\":1}}")
                        .code())
                .isEqualTo("forbidden");
        assertThat(create(viewer, export()).status()).isEqualTo(201);
    }

    @Test
    void schedules_of_others_are_there_for_admins_alone() {
        var ann = key("ann", "editor", "");
        var bob = key("bob", "editor", "");
        var id = created(ann, export());

        assertThat(as(bob, "GET", "/api/schedules/" + id, "").code()).isEqualTo("schedule_not_found");
        assertThat(as(bob, "PUT", "/api/schedules/" + id, "{\"enabled\":false}").code())
                .isEqualTo("schedule_not_found");
        assertThat(as(bob, "DELETE", "/api/schedules/" + id, "").code()).isEqualTo("schedule_not_found");
        assertThat(as(bob, "POST", "/api/schedules/" + id + "/run", "").code()).isEqualTo("schedule_not_found");
        assertThat(as(bob, "GET", "/api/schedules/" + id + "/runs", "").code()).isEqualTo("schedule_not_found");
        assertThat(as(bob, "GET", "/api/schedules", "").result().path("schedules"))
                .isEmpty();
        assertThat(manager.send("GET", "/api/schedules").result().path("schedules"))
                .hasSize(1);
        assertThat(as(ann, "GET", "/api/schedules", "").result().path("schedules"))
                .hasSize(1);
    }

    @Test
    void what_an_admin_sets_going_runs_in_its_owners_name() {
        var ann = key("ann", "editor", "");
        var id = created(ann, export());

        var run = manager.send("POST", "/api/schedules/" + id + "/run").result().path("run");

        var job = JobWorld.ended(manager, run.path("job_id").asText());
        assertThat(job.path("user_email").asText()).isEqualTo("key:ann");
        assertThat(job.path("status").asText()).isEqualTo("completed");
    }

    private void hour() {
        clock.advance(Duration.ofHours(1));
        manager.lookAtTheClock();
    }

    private String delete() {
        return "{\"type\":\"bulk_delete\",\"params\":{\"namespace_id\":\"" + here
                + "\",\"filter\":{\"prefix\":\"tmp:\"}}}";
    }

    private String export() {
        return "{\"type\":\"export\",\"params\":{\"namespace_id\":\"" + here + "\"}}";
    }

    private JsonNode key(String name, String role, String more) {
        var made = manager.send(
                "POST", "/api/api-keys", "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"" + more + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.result();
    }

    private Answer create(JsonNode key, String job) {
        return as(key, "POST", "/api/schedules", "{\"name\":\"hourly\",\"cron\":\"0 * * * *\",\"job\":" + job + "}");
    }

    private String created(JsonNode key, String job) {
        var made = create(key, job);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.result().path("schedule").path("id").asText();
    }

    private Answer as(JsonNode key, String method, String target, String body) {
        var headers = Map.of("Authorization", "Bearer " + key.path("key").asText());
        return manager.send(method, target, headers, Bytes.utf8(body));
    }

    private JsonNode runs(String id) {
        return manager.send("GET", "/api/schedules/" + id + "/runs").result().path("runs");
    }
}
