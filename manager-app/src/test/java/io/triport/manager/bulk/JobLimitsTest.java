package io.triport.manager.bulk;

import static io.triport.manager.JobWorld.ended;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.job.JobTask;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many jobs run at once, and what there is of their files at which moment. */
@Timeout(60)
final class JobLimitsTest {
    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world = JobWorld.at(clock);
    private final ManagerUnderTest manager = world.start();

    @AfterEach
    void stop() {
        manager.close();
    }

    /** Orders a job, each a moment after the one before, because the oldest has its turn first. */
    private String order(String route, String body) {
        clock.advance(Duration.ofMillis(1));
        var answer = manager.send("POST", route, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.result().path("job_id").asText();
    }

    private String status(String job) {
        return manager.send("GET", "/api/jobs/" + job).result().path("status").asText();
    }

    private void awaitRunning(String job) {
        while (!status(job).equals("running")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void four_jobs_run_at_once_and_the_others_wait_their_turn() {
        var files = world.files().holdWrites("exports/");
        var jobs = IntStream.range(0, 6)
                .mapToObj(number -> order("/api/export/" + world.namespace("n" + number), ""))
                .toList();

        jobs.subList(0, 4).forEach(this::awaitRunning);
        var waiting = jobs.subList(4, 6).stream().map(this::status).toList();
        files.countDown();

        assertThat(waiting).containsExactly("queued", "queued");
        assertThat(jobs)
                .allSatisfy(job ->
                        assertThat(ended(manager, job).path("status").asText()).isEqualTo("completed"));
    }

    @Test
    void of_jobs_that_write_one_runs_for_each_namespace() {
        var here = world.namespace("here");
        var held = world.files().holdReads("keys/");
        var first = order("/api/keys/" + here + "/bulk-delete", "{\"keys\":[\"a\"]}");
        var second = order("/api/keys/" + here + "/bulk-delete", "{\"keys\":[\"b\"]}");
        var other = order("/api/keys/" + world.namespace("there") + "/bulk-delete", "{\"keys\":[\"a\"]}");

        awaitRunning(first);
        awaitRunning(other);
        var reading = ended(manager, order("/api/export/" + here, ""));
        var waiting = status(second);
        held.countDown();

        assertThat(reading.path("status").asText()).isEqualTo("completed");
        assertThat(waiting).isEqualTo("queued");
        assertThat(List.of(first, second, other))
                .allSatisfy(job ->
                        assertThat(ended(manager, job).path("status").asText()).isEqualTo("completed"));
    }

    @Test
    void an_export_that_is_not_done_cannot_be_downloaded_and_leaves_no_file_when_it_is_cancelled() {
        var here = world.namespace("here");
        world.engine().keyValue(new NamespaceTitle("here")).put(KvKey.of("a"), KvEntry.of("1"), KvCondition.ANY);
        var held = world.files().holdWrites("exports/");
        var job = order("/api/export/" + here, "");

        awaitRunning(job);
        var early = manager.send("GET", "/api/jobs/" + job + "/download");
        var cancelled = manager.send("POST", "/api/jobs/" + job + "/cancel");
        held.countDown();

        assertThat(early.status()).isEqualTo(409);
        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(ended(manager, job).path("status").asText()).isEqualTo("cancelled");
        while (!world.files().names().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(manager.send("GET", "/api/jobs/" + job + "/download").code()).isEqualTo("export_not_found");
    }

    @Test
    void a_file_that_was_kept_as_long_as_it_should_is_gone() {
        var job = order("/api/export/" + world.namespace("here"), "");
        ended(manager, job);
        assertThat(manager.send("GET", "/api/jobs/" + job + "/download").status())
                .isEqualTo(200);

        clock.advance(Duration.ofHours(25));
        manager.fallDue(JobTask.JOBS);

        var late = manager.send("GET", "/api/jobs/" + job + "/download");
        assertThat(late.status()).isEqualTo(410);
        assertThat(world.files().names()).isEmpty();
    }

    @Test
    void a_file_is_kept_as_long_as_the_settings_say() {
        manager.close();
        try (var other = ManagerUnderTest.start("triport: {manager: {jobs: {files-kept: 48h}}}", clock, world)) {
            var answer = other.send("POST", "/api/export/" + world.namespace("here"));
            var job = answer.result().path("job_id").asText();
            ended(other, job);

            clock.advance(Duration.ofHours(47));
            var early = other.send("GET", "/api/jobs/" + job + "/download").status();
            clock.advance(Duration.ofHours(2));
            var late = other.send("GET", "/api/jobs/" + job + "/download");

            assertThat(answer.result().has("total_keys")).isFalse();
            assertThat(early).isEqualTo(200);
            assertThat(late.status()).isEqualTo(410);
            assertThat(late.code()).isEqualTo("gone");
        }
    }

    @Test
    void a_job_that_waits_ends_at_once_when_that_is_wished() {
        var here = world.namespace("here");
        var held = world.files().holdReads("keys/");
        var first = order("/api/keys/" + here + "/bulk-delete", "{\"keys\":[\"a\"]}");
        var second = order("/api/keys/" + here + "/bulk-delete", "{\"keys\":[\"b\"]}");
        awaitRunning(first);

        var cancelled = manager.send("POST", "/api/jobs/" + second + "/cancel");
        var again = manager.send("POST", "/api/jobs/" + second + "/cancel");
        held.countDown();
        ended(manager, first);

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.result().path("status").asText()).isEqualTo("cancelled");
        assertThat(again.code()).isEqualTo("job_finished");
        var events =
                manager.send("GET", "/api/jobs/" + second + "/events").result().path("events");
        assertThat(events.findValuesAsText("event_type")).containsExactly("cancelled");
        assertThat(events.path(0).path("details").asText())
                .isEqualTo("{\"processed\":0,\"errors\":0,\"percentage\":0,\"total\":1}");
        assertThat(manager.send("GET", "/api/audit/" + here + "?operation=bulk_delete")
                        .text())
                .contains("\\\"status\\\":\\\"cancelled\\\"");
    }

    @Test
    void an_import_is_as_long_as_the_settings_say_and_no_longer() {
        manager.close();
        var here = world.namespace("here");
        try (var other = ManagerUnderTest.start("triport: {manager: {jobs: {longest-import: 1MiB}}}", clock, world)) {
            var line = "{\"name\":\"a\",\"value\":\"" + "v".repeat(1_000) + "\"}\n";
            var most = other.send("POST", "/api/import/" + here, line.repeat(1_000));
            var more = other.send("POST", "/api/import/" + here, line.repeat(1_100));

            assertThat(most.status()).isEqualTo(200);
            assertThat(ended(other, most.result().path("job_id").asText())
                            .path("result")
                            .path("duplicates")
                            .asInt())
                    .isEqualTo(999);
            assertThat(more.status()).isEqualTo(413);
            assertThat(more.code()).isEqualTo("payload_too_large");
            assertThat(other.send("GET", "/api/jobs").result().path("total").asInt())
                    .isEqualTo(1);
        }
    }
}
