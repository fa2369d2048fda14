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

    private String order(String route, String body) {
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
}
