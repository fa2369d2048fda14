package io.triport.manager.schedule;

import static io.triport.manager.JobWorld.ended;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobQuery;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Paging;
import io.triport.identity.launch.SystemTasks;
import io.triport.manager.DyingEngine;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.automation.AutomationTask;
import io.triport.manager.job.JobDesk;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schedules through the whole manager. The clock begins at midnight. */
@Timeout(120)
final class ScheduleTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final NamespaceTitle HERE = new NamespaceTitle("here");

    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world = JobWorld.at(clock);
    private final String here = world.namespace("here");
    private final ManagerUnderTest manager = world.start();

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void a_schedule_orders_its_job_when_it_falls_due_and_the_run_is_kept() {
        put("a");
        var id = create("0 * * * *", export(), "");

        pass(HOUR.minusMillis(1));
        assertThat(runs(id)).isEmpty();
        pass(Duration.ofMillis(1));

        var run = endedRun(id);
        assertThat(run.path("trigger").asText()).isEqualTo("tick");
        assertThat(run.path("due_at").asText()).isEqualTo("2026-01-01T01:00:00.000Z");
        assertThat(run.path("begun_at").asText()).isEqualTo("2026-01-01T01:00:00.000Z");
        assertThat(run.path("attempt").asInt()).isEqualTo(1);
        assertThat(run.path("status").asText()).isEqualTo("completed");
        assertThat(run.path("result").path("items").asInt()).isEqualTo(1);
        assertThat(run.path("error").isNull()).isTrue();
        var job =
                manager.send("GET", "/api/jobs/" + run.path("job_id").asText()).result();
        assertThat(job.path("user_email").asText()).isEqualTo("key:bootstrap");
        assertThat(job.path("operation_type").asText()).isEqualTo("export");
        assertThat(audit("export"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.entry().source().text()).isEqualTo("schedule"));
    }

    @Test
    void what_a_run_came_to_is_known_for_longer_than_its_job() {
        var id = create("0 * * * *", export(), "");
        pass(HOUR);
        endedRun(id);

        manager.fallDue(AutomationTask.SCHEDULES);
        world.engine().tables().jobLedger().forget(Instant.MAX, 10);

        assertThat(jobs()).isEmpty();
        assertThat(runs(id).path(0).path("status").asText()).isEqualTo("completed");
        assertThat(runs(id).path(0).path("result").path("items").isNumber()).isTrue();
    }

    @Test
    void a_schedule_is_made_read_changed_and_deleted() {
        var made = manager.send(
                "POST", "/api/schedules", body("nightly", "0 3 * * *", export(), ",\"timezone\":\"Europe/Berlin\""));
        var schedule = made.result().path("schedule");
        var id = schedule.path("id").asText();

        var disabled = manager.send("PUT", "/api/schedules/" + id, "{\"enabled\":false}")
                .result()
                .path("schedule");
        var listed = manager.send("GET", "/api/schedules").result().path("schedules");
        var deleted = manager.send("DELETE", "/api/schedules/" + id);

        assertThat(made.status()).isEqualTo(201);
        assertThat(schedule.path("next_run_at").asText()).isEqualTo("2026-01-01T02:00:00.000Z");
        assertThat(schedule.path("last_run").isNull()).isTrue();
        assertThat(schedule.path("owner").asText()).isEqualTo("key:bootstrap");
        assertThat(schedule.path("overlap").asText()).isEqualTo("skip");
        assertThat(schedule.path("job").path("type").asText()).isEqualTo("export");
        assertThat(disabled.path("next_run_at").isNull()).isTrue();
        assertThat(disabled.path("name").asText()).isEqualTo("nightly");
        assertThat(disabled.path("timezone").asText()).isEqualTo("Europe/Berlin");
        assertThat(listed).hasSize(1);
        assertThat(deleted.result().path("deleted").asBoolean()).isTrue();
        assertThat(manager.send("GET", "/api/schedules/" + id).code()).isEqualTo("schedule_not_found");
        assertThat(audit("create_schedule")).hasSize(1);
        assertThat(audit("update_schedule")).hasSize(1);
        assertThat(audit("delete_schedule")).hasSize(1);
    }

    @Test
    void what_cannot_be_read_is_refused_by_its_name() {
        refused("{\"cron\":\"* * * * *\"}", "name must be");
        refused("{\"name\":\"a\",\"cron\":\"* * * *\",\"job\":" + export() + "}", "cron is not valid: five fields");
        refused("{\"name\":\"a\",\"cron\":\"61 * * * *\",\"job\":" + export() + "}", "cron is not valid: a minute");
        refused("{\"name\":\"a\",\"cron\":\"* * * * *\"}", "job must be");
        refused(body("a", "* * * * *", export(), ",\"timezone\":\"Moon/Base\""), "timezone must be the id of a zone");
        refused(body("a", "* * * * *", export(), ",\"overlap\":\"maybe\""), "overlap must be skip or queue");
        refused(body("a", "* * * * *", export(), ",\"enabled\":1"), "enabled must be");
        refused(body("a", "* * * * *", job("import", ""), ""), "job.type must be");
        refused(body("a", "* * * * *", job("dance", ""), ""), "job.type must be");
        refused(body("a", "* * * * *", job("export", ""), ""), "namespace_id must be");
        refused(body("a", "* * * * *", job("export", place() + ",\"format\":\"xml\""), ""), "format must be");
        refused(body("a", "* * * * *", job("export", place() + ",\"colour\":1"), ""), "no member of this name: colour");
        refused(body("a", "* * * * *", job("bulk_delete", place()), ""), "filter must be");
        refused(body("a", "* * * * *", job("retention", ""), ""), "audit_days");
        refused(body("a", "* * * * *", job("retention", "\"jobs_days\":0"), ""), "jobs_days must be");
        refused(body("a", "* * * * *", job("r2_backup", ""), ""), "namespace_id must be");
        assertThat(manager.send(
                                "POST",
                                "/api/schedules",
                                body(
                                        "a",
                                        "* * * * *",
                                        job("export", "\"namespace_id\":\"" + "0".repeat(32) + "\""),
                                        ""))
                        .code())
                .isEqualTo("namespace_not_found");
    }

    @Test
    void times_that_nobody_ran_are_made_up_for_by_one_run_however_late() {
        var id = create("0 3 * * *", export(), "");
        manager.close();
        clock.advance(Duration.ofDays(40).plusHours(7));

        try (var again = world.start()) {
            again.fallDue(AutomationTask.SCHEDULES);
            again.lookAtTheClock();
            again.lookAtTheClock();
            var runs = again.send("GET", "/api/schedules/" + id + "/runs").result();

            assertThat(runs.path("total").asInt()).isEqualTo(1);
            assertThat(runs.path("runs").path(0).path("due_at").asText()).isEqualTo("2026-02-10T03:00:00.000Z");
        }
    }

    @Test
    void a_change_of_the_time_and_a_pause_make_up_for_nothing() {
        var id = create("0 3 * * *", export(), "");
        clock.advance(HOUR.multipliedBy(2));
        send("PUT", id, "{\"cron\":\"0 1 * * *\"}");
        manager.lookAtTheClock();
        send("PUT", id, "{\"enabled\":false}");
        pass(Duration.ofDays(3));
        send("PUT", id, "{\"enabled\":true}");
        manager.lookAtTheClock();

        assertThat(runs(id)).isEmpty();
    }

    @Test
    void of_two_managers_over_one_store_one_runs_each_time() {
        var id = create("0 * * * *", export(), "");
        try (var other = world.start()) {
            other.fallDue(AutomationTask.SCHEDULES);
            for (var hour = 1; hour <= 3; hour++) {
                clock.advance(HOUR);
                other.lookAtTheClock();
                manager.lookAtTheClock();
                endedRun(id);
            }
        }

        assertThat(runs(id).findValuesAsText("due_at")).hasSize(3).doesNotHaveDuplicates();
        assertThat(jobs()).hasSize(3);
    }

    @Test
    void a_manager_that_dies_before_it_has_ordered_is_followed_by_one_that_orders_once() throws InterruptedException {
        var id = create("0 * * * *", export(), "");
        clock.advance(HOUR);
        var dying = world.dyingAfter(0);
        try (var dead = dying.start()) {
            dead.fallDue(AutomationTask.SCHEDULES);
            dead.lookAtTheClock();
            ((DyingEngine) dying.engine()).awaitDeath();
        }
        assertThat(runs(id)).isEmpty();

        manager.lookAtTheClock();
        assertThat(runs(id)).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        try (var again = world.start()) {
            again.fallDue(AutomationTask.SCHEDULES);
            again.lookAtTheClock();
        }

        assertThat(endedRun(id).path("attempt").asInt()).isEqualTo(2);
        assertThat(runs(id)).hasSize(1);
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void a_manager_that_dies_after_it_has_ordered_orders_nothing_twice() {
        var id = create("0 * * * *", export(), "");
        pass(HOUR);
        endedRun(id);
        // As if the end of the run had never been noted.
        var schedule = new TaskName("schedule-" + id);
        var firing = manager.part(Firing.class);
        manager.part(SystemTasks.class)
                .run(
                        AutomationTask.SCHEDULES,
                        (grant, _) -> firing.due(
                                id,
                                new Scheduled(grant.request(), clock.instant(), schedule, clock.instant(), 2),
                                grant));

        assertThat(runs(id)).hasSize(1);
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void a_run_is_skipped_while_the_job_of_the_one_before_goes_on() {
        var id = create("0 * * * *", export(), "");
        var before = underWay(id);

        pass(HOUR);

        var run = runs(id).path(0);
        assertThat(run.path("status").asText()).isEqualTo("skipped");
        assertThat(run.path("error").path("code").asText()).isEqualTo("overlap");
        assertThat(run.path("job_id").isNull()).isTrue();
        end(before);
        pass(HOUR);
        assertThat(endedRun(id).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void a_run_waits_for_the_one_before_where_that_is_wanted() {
        var id = create("0 * * * *", export(), ",\"overlap\":\"queue\"");
        var before = underWay(id);

        pass(HOUR);
        pass(HOUR);

        var waiting = runs(id);
        assertThat(waiting.path(0).path("status").asText()).isEqualTo("queued");
        assertThat(waiting.path(1).path("status").asText()).isEqualTo("queued");
        end(before);
        manager.part(JobDesk.class).wake();
        var second = ended(manager, waiting.path(1).path("job_id").asText());
        var third = ended(manager, waiting.path(0).path("job_id").asText());
        assertThat(third.path("started_at").asText())
                .isGreaterThanOrEqualTo(second.path("completed_at").asText());
    }

    @Test
    void one_can_be_ordered_now_though_it_is_not_enabled() {
        var id = create("0 3 * * *", export(), ",\"enabled\":false");

        var run = manager.send("POST", "/api/schedules/" + id + "/run").result().path("run");

        assertThat(run.path("trigger").asText()).isEqualTo("manual");
        assertThat(run.path("schedule_id").asText()).isEqualTo(id);
        assertThat(ended(manager, run.path("job_id").asText()).path("status").asText())
                .isEqualTo("completed");
        assertThat(audit("run_schedule")).hasSize(1);
        var last = manager.send("GET", "/api/schedules/" + id)
                .result()
                .path("schedule")
                .path("last_run");
        assertThat(last.path("id")).isEqualTo(run.path("id"));
    }

    @Test
    void a_repeated_order_of_one_name_is_one_run() {
        var id = create("0 3 * * *", export(), "");
        var named = Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, "Idempotency-Key", "once");

        var first = manager.send("POST", "/api/schedules/" + id + "/run", named, Bytes.EMPTY);
        var again = manager.send("POST", "/api/schedules/" + id + "/run", named, Bytes.EMPTY);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.result().path("run").path("id"))
                .isEqualTo(first.result().path("run").path("id"));
        assertThat(runs(id)).hasSize(1);
        assertThat(jobs()).hasSize(1);
        assertThat(audit("run_schedule")).hasSize(1);
    }

    @Test
    void nothing_is_left_of_a_schedule_a_day_after_it_was_deleted() {
        var gone = create("0 * * * *", export(), "");
        var kept = create("30 2 29 2 *", export(), "");
        pass(HOUR);
        endedRun(gone);
        manager.send("DELETE", "/api/schedules/" + gone);

        manager.fallDue(AutomationTask.SCHEDULES);
        assertThat(ticks()).contains("schedule-" + gone, "schedule-" + kept);
        clock.advance(Duration.ofDays(1).plusMillis(1));
        manager.fallDue(AutomationTask.SCHEDULES);

        assertThat(ticks()).contains("schedule-" + kept).doesNotContain("schedule-" + gone);
    }

    private List<String> ticks() {
        return world.ticks().idleSince(Instant.MAX).stream().map(TaskName::text).toList();
    }

    @Test
    void a_run_that_can_be_ordered_no_more_says_why() {
        var id = create("0 * * * *", export(), "");
        world.engine().resources().drop(new NamespaceId(here));

        pass(HOUR);

        var run = runs(id).path(0);
        assertThat(run.path("status").asText()).isEqualTo("refused");
        assertThat(run.path("error").path("code").asText()).isEqualTo("namespace_not_found");
    }

    @Test
    void keys_that_a_filter_finds_are_deleted_again_and_again() {
        put("tmp:1");
        put("other");
        var id = create("0 * * * *", job("bulk_delete", place() + ",\"filter\":{\"prefix\":\"tmp:\"}"), "");

        pass(HOUR);
        endedRun(id);
        put("tmp:2");
        pass(HOUR);
        endedRun(id);

        assertThat(world.engine().keyValue(HERE).get(KvKey.of("tmp:1"))).isEmpty();
        assertThat(world.engine().keyValue(HERE).get(KvKey.of("tmp:2"))).isEmpty();
        assertThat(world.engine().keyValue(HERE).get(KvKey.of("other"))).isPresent();
    }

    @Test
    void an_index_that_knows_all_keys_is_in_order() {
        put("a");
        put("b");
        var id = create("0 * * * *", job("index_check", place()), "");

        pass(HOUR);

        assertThat(endedRun(id).path("result").toString())
                .isEqualTo("{\"keys\":2,\"missing\":0,\"differing\":0,\"counted\":2,\"processed\":2,\"errors\":0}");
    }

    @Test
    void what_is_old_is_let_go_and_the_newest_backups_stay() {
        put("a");
        for (var number = 0; number < 3; number++) {
            var job = manager.send("POST", "/api/r2-backup/" + here)
                    .result()
                    .path("job_id")
                    .asText();
            ended(manager, job);
            clock.advance(HOUR);
        }
        var id = create(
                "0 0 * * *",
                job("retention", "\"jobs_days\":2,\"audit_days\":2,\"backups_days\":1,\"backups_keep\":1"),
                "");
        clock.advance(Duration.ofDays(3));
        manager.lookAtTheClock();

        var result = endedRun(id).path("result");

        assertThat(result.path("jobs").asInt()).isEqualTo(3);
        assertThat(result.path("backups").asInt()).isEqualTo(2);
        assertThat(world.files().names())
                .filteredOn(name -> name.startsWith("backups/"))
                .as("the newest and its manifest")
                .hasSize(2);
        assertThat(result.path("audit").asInt()).isPositive();
        assertThat(manager.send("GET", "/api/r2-backup/" + here + "/list").result())
                .hasSize(1);
        assertThat(manager.send("GET", "/api/audit/verify")
                        .result()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        assertThat(manager.send("GET", "/api/audit/verify")
                        .result()
                        .path("anchor")
                        .path("id")
                        .asInt())
                .isPositive();
    }

    @Test
    void backups_of_several_namespaces_are_one_job() {
        var there = world.namespace("there");
        put("a");
        var id = create("0 * * * *", job("r2_backup", "\"namespace_ids\":[\"" + here + "\",\"" + there + "\"]"), "");

        pass(HOUR);

        assertThat(endedRun(id).path("status").asText()).isEqualTo("completed");
        assertThat(manager.send("GET", "/api/r2-backup/" + here + "/list").result())
                .hasSize(1);
        assertThat(manager.send("GET", "/api/r2-backup/" + there + "/list").result())
                .hasSize(1);
    }

    private String place() {
        return "\"namespace_id\":\"" + here + "\"";
    }

    private String export() {
        return job("export", place());
    }

    private static String job(String type, String params) {
        return "{\"type\":\"" + type + "\",\"params\":{" + params + "}}";
    }

    private static String body(String name, String cron, String job, String more) {
        return "{\"name\":\"" + name + "\",\"cron\":\"" + cron + "\",\"job\":" + job + more + "}";
    }

    private String create(String cron, String job, String more) {
        var answer = manager.send("POST", "/api/schedules", body("test", cron, job, more));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.result().path("schedule").path("id").asText();
    }

    private void send(String method, String id, String body) {
        var answer = manager.send(method, "/api/schedules/" + id, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private void refused(String body, String sentence) {
        var answer = manager.send("POST", "/api/schedules", body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).as(body).contains(sentence);
    }

    private void pass(Duration time) {
        clock.advance(time);
        manager.lookAtTheClock();
    }

    private JsonNode runs(String id) {
        return manager.send("GET", "/api/schedules/" + id + "/runs").result().path("runs");
    }

    /** The newest run, when its job has ended. */
    private JsonNode endedRun(String id) {
        ended(manager, runs(id).path(0).path("job_id").asText());
        return runs(id).path(0);
    }

    /** Lets the schedule have a run whose job somebody else is doing. */
    private Job underWay(String schedule) {
        var id = new JobId("export-1-elsewhere");
        var order = new JobOrder(
                id,
                "export",
                here,
                "owner",
                "key:bootstrap",
                new JsonText("{\"role\":\"admin\",\"source\":\"schedule\",\"parameters\":{}}"));
        var job = Job.queued(order, JobProgress.NONE, clock.instant()).started(clock.instant());
        ledger().add(job);
        manager.part(SystemTasks.class)
                .run(
                        AutomationTask.SCHEDULES,
                        (grant, storage) -> new Runs(storage)
                                .add(
                                        grant,
                                        schedule,
                                        "000000000000001-tick",
                                        Run.begun(Run.Trigger.TICK, clock.instant(), clock.instant(), 1)
                                                .ordered(id.text())));
        return job;
    }

    private void end(Job job) {
        var present = ledger().find(job.id()).orElseThrow();
        ledger().update(present.ended(JobStatus.COMPLETED, new JsonText("{}"), clock.instant()));
    }

    private JobLedger ledger() {
        return world.engine().tables().jobLedger();
    }

    private List<Job> jobs() {
        return ledger().page(JobQuery.all(Paging.first(50))).jobs();
    }

    private List<AuditRow> audit(String operation) {
        return world.engine().tables().auditTrail().page(AuditQuery.all(Paging.first(100))).stream()
                .filter(row -> row.entry().operation().equals(operation))
                .toList();
    }

    private void put(String key) {
        world.engine().keyValue(HERE).put(KvKey.of(key), KvEntry.of("v"), KvCondition.ANY);
    }
}
