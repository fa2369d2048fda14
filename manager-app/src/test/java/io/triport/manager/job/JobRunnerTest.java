package io.triport.manager.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.table.JobId;
import io.triport.identity.launch.SystemTasks;
import io.triport.manager.DyingEngine;
import io.triport.manager.FilesInMemory;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.access.ManagerRole;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many jobs run at once. */
@Timeout(60)
final class JobRunnerTest {
    private final JobWorld world = JobWorld.fresh();
    private final GatedWorks works = new GatedWorks();
    private final String here = world.namespace("here");
    private final String there = world.namespace("there");

    @Test
    void four_jobs_run_at_once_and_the_others_wait() throws InterruptedException {
        try (var manager = start("triport: {}")) {
            var jobs = IntStream.range(0, 9)
                    .mapToObj(number -> order(manager, "/api/export/" + here, ""))
                    .toList();
            works.awaitBegun(4);

            assertThat(full(manager, jobs.getLast())).isTrue();
            assertThat(status(manager, jobs.getLast())).isEqualTo("queued");

            works.allow(jobs.size());
            jobs.forEach(job -> JobWorld.ended(manager, job));
        }
        assertThat(works.most()).isEqualTo(4);
    }

    @Test
    void as_many_run_at_once_as_the_settings_say() throws InterruptedException {
        try (var manager = start("triport: {manager: {jobs: {at-once: 2}}}")) {
            var jobs = IntStream.range(0, 5)
                    .mapToObj(number -> order(manager, "/api/export/" + here, ""))
                    .toList();
            works.awaitBegun(2);

            assertThat(full(manager, jobs.getLast())).isTrue();

            works.allow(jobs.size());
            jobs.forEach(job -> JobWorld.ended(manager, job));
        }
        assertThat(works.most()).isEqualTo(2);
    }

    @Test
    void of_those_that_write_one_runs_for_each_namespace() throws InterruptedException {
        try (var manager = start("triport: {}")) {
            var jobs = List.of(
                    order(manager, "/api/keys/" + here + "/bulk-delete", "{\"keys\":[]}"),
                    order(manager, "/api/keys/" + here + "/bulk-delete", "{\"keys\":[]}"),
                    order(manager, "/api/keys/" + there + "/bulk-delete", "{\"keys\":[]}"),
                    order(
                            manager,
                            "/api/keys/" + here + "/bulk-copy",
                            "{\"keys\":[],\"target_namespace_id\":\"" + there + "\"}"),
                    order(manager, "/api/keys/" + here + "/bulk-delete", "{\"keys\":[]}"));
            works.awaitBegun(2);

            assertThat(full(manager, jobs.getLast())).isFalse();
            assertThat(jobs)
                    .extracting(job -> status(manager, job))
                    .containsExactly("running", "queued", "running", "queued", "queued");

            works.allow(jobs.size());
            jobs.forEach(job -> JobWorld.ended(manager, job));
        }
    }

    @Test
    void one_that_only_reads_runs_beside_one_that_writes() throws InterruptedException {
        try (var manager = start("triport: {}")) {
            var writing = order(manager, "/api/keys/" + here + "/bulk-delete", "{\"keys\":[]}");
            var reading = order(manager, "/api/export/" + here, "");

            works.awaitBegun(2);

            works.allow(2);
            JobWorld.ended(manager, writing);
            JobWorld.ended(manager, reading);
        }
        assertThat(works.mostOfOne()).isEqualTo(2);
    }

    @Test
    void word_of_a_job_is_sent_with_its_order() throws InterruptedException {
        try (var manager = start("triport: {}")) {
            var waiting = world.engine()
                    .queue(new JobCalls().queues().find(ManagerRole.JOBS).orElseThrow());
            var job = order(manager, "/api/export/" + here, "");

            assertThat(waiting.peek(10))
                    .extracting(word -> word.delivery().body().toUtf8())
                    .containsExactly(job);

            works.allow(1);
            JobWorld.ended(manager, job);
        }
    }

    @Test
    void nodes_that_have_all_they_can_do_hand_the_word_back_and_one_takes_the_job_later() throws InterruptedException {
        var yaml = "triport: {manager: {jobs: {at-once: 1}}}";
        try (var one = start(yaml);
                var other = start(yaml)) {
            // The first look of a node takes over what others seem to have left behind.
            full(one, "export-1-nothing");
            full(other, "export-1-nothing");
            var jobs = IntStream.range(0, 3)
                    .mapToObj(number -> order(one, "/api/export/" + here, ""))
                    .toList();
            full(one, jobs.getLast());
            full(other, jobs.getLast());
            works.awaitBegun(2);

            assertThat(full(one, jobs.getLast())).isTrue();
            assertThat(full(other, jobs.getLast())).isTrue();

            works.allow(jobs.size());
            jobs.forEach(job -> JobWorld.ended(one, job));
        }
        assertThat(works.most()).isEqualTo(2);
    }

    @Test
    void a_job_is_left_to_the_node_that_has_its_file_until_files_would_not_be_kept() throws InterruptedException {
        var clock = SettableClock.anywhere();
        var near = JobWorld.at(clock);
        var far = new JobWorld(near.engine(), new FilesInMemory(clock), near.ticks(), clock);
        var id = near.namespace("far");
        var orders = new ArrayList<String>();
        var dying = near.dyingAfter(1);
        try (var manager = dying.start()) {
            orders.add(order(manager, "/api/import/" + id, "{\"name\":\"a\",\"value\":\"1\"}"));
            ((DyingEngine) dying.engine()).awaitDeath();
        }

        try (var other = far.start()) {
            assertThat(full(other, orders.getFirst())).isTrue();
            assertThat(status(other, orders.getFirst())).isEqualTo("queued");
        }
        try (var again = near.start()) {
            assertThat(JobWorld.ended(again, orders.getFirst()).path("status").asText())
                    .isEqualTo("completed");
        }

        var lost = near.dyingAfter(1);
        try (var manager = lost.start()) {
            orders.add(order(manager, "/api/keys/" + id + "/bulk-delete", "{\"keys\":[\"a\"]}"));
            ((DyingEngine) lost.engine()).awaitDeath();
        }
        clock.advance(Duration.ofHours(25));
        try (var other = far.start()) {
            var row = JobWorld.ended(other, orders.getLast());
            assertThat(row.path("status").asText()).isEqualTo("failed");
            assertThat(row.path("error_code").asText()).isEqualTo("interrupted");
        }
    }

    private ManagerUnderTest start(String yaml) {
        return ManagerUnderTest.start(yaml, world.clock(), world, works);
    }

    private static String order(ManagerUnderTest manager, String route, String body) {
        var answer = manager.send("POST", route, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.result().path("job_id").asText();
    }

    private static String status(ManagerUnderTest manager, String job) {
        return manager.send("GET", "/api/jobs/" + job).result().path("status").asText();
    }

    /** Brings word of a job, as the queue does. @return whether it is handed back */
    private static boolean full(ManagerUnderTest manager, String job) {
        var full = new AtomicBoolean();
        manager.part(SystemTasks.class)
                .run(
                        JobTask.JOBS,
                        (grant, storage) -> full.set(!manager.part(JobRunner.class)
                                .called(List.of(new JobId(job)), grant, storage)
                                .isEmpty()));
        return full.get();
    }
}
