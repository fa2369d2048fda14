package io.triport.manager.bulk;

import static io.triport.manager.JobWorld.ended;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.manager.DyingEngine;
import io.triport.manager.JobWorld;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobTask;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node leaves in the files when it dies. */
@Timeout(60)
final class LeftoversTest {
    private static final NamespaceTitle HERE = new NamespaceTitle("here");

    /** The order and the beginning. */
    private static final int NO_BATCH = 2;

    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world = JobWorld.at(clock);
    private final String here = world.namespace("here");

    @Test
    void parts_of_an_export_that_no_checkpoint_tells_of_go_some_time_after_the_job() throws InterruptedException {
        var value = "v".repeat(20_000);
        IntStream.range(0, 1_000).forEach(at -> put("key-" + at, value));

        var job = orderedAndKilled("/api/export/" + here + "?format=ndjson");

        assertThat(world.files().unfinished()).isNotEmpty().containsOnly("exports/" + job);
        try (var again = world.start()) {
            assertThat(ended(again, job).path("status").asText()).isEqualTo("completed");
            assertThat(again.send("GET", "/api/jobs/" + job + "/download")
                            .text()
                            .lines()
                            .map(line -> Json.parse(line).path("name").asText()))
                    .hasSize(1_000)
                    .doesNotHaveDuplicates();
            again.fallDue(JobTask.JOBS);
            assertThat(world.files().unfinished()).isNotEmpty();

            clock.advance(Duration.ofHours(25));
            again.fallDue(JobTask.JOBS);

            assertThat(world.files().unfinished()).isEmpty();
            assertThat(world.files().names()).isEmpty();
        }
    }

    @Test
    void parts_of_a_backup_go_after_seven_days_and_the_backup_stays() throws InterruptedException {
        var value = "v".repeat(20_000);
        IntStream.range(0, 1_000).forEach(at -> put("key-" + at, value));

        var job = orderedAndKilled("/api/r2-backup/" + here + "?format=ndjson");

        try (var again = world.start()) {
            assertThat(ended(again, job).path("status").asText()).isEqualTo("completed");
            var backup = world.files().names();
            assertThat(backup).hasSize(2).allMatch(name -> name.startsWith("backups/" + here));
            clock.advance(Duration.ofDays(7));
            again.fallDue(JobTask.JOBS);
            assertThat(world.files().unfinished()).isNotEmpty();

            clock.advance(Duration.ofSeconds(1));
            again.fallDue(JobTask.JOBS);

            assertThat(world.files().unfinished()).isEmpty();
            assertThat(world.files().names()).isEqualTo(backup);
        }
    }

    @Test
    void an_upload_of_a_job_that_goes_on_is_never_taken_from_it() throws InterruptedException {
        var job = orderedAndKilled("/api/export/" + here);
        world.files().start(ObjectKey.of("exports/" + job), UploadOptions.PLAIN);

        clock.advance(Duration.ofDays(30));
        // Nothing begins the job again but a manager, and this one is asked before it may have done it.
        try (var again = world.dyingAfter(0).start()) {
            again.fallDue(JobTask.JOBS);
        }

        assertThat(world.files().unfinished()).containsExactly("exports/" + job);
    }

    @Test
    void what_came_for_an_order_that_was_never_written_down_goes_after_a_day() {
        for (var name : new String[] {"imports/import-1-gone", "keys/delete-1-gone", "pairs/0123456789abcdef"}) {
            world.files().put(ObjectKey.of(name), Content.of(Bytes.utf8("x")), WriteOptions.PLAIN);
        }

        try (var manager = world.start()) {
            clock.advance(Duration.ofHours(24));
            manager.fallDue(JobTask.JOBS);
            assertThat(world.files().names()).hasSize(3);

            clock.advance(Duration.ofSeconds(1));
            manager.fallDue(JobTask.JOBS);
            assertThat(world.files().names()).isEmpty();
        }
    }

    /** Orders a job of a manager that dies when the first batch is to commit. @return its id */
    private String orderedAndKilled(String route) throws InterruptedException {
        var dying = world.dyingAfter(NO_BATCH);
        try (var manager = dying.start()) {
            var answer = manager.send("POST", route);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            ((DyingEngine) dying.engine()).awaitDeath();
            return answer.result().path("job_id").asText();
        }
    }

    private void put(String key, String value) {
        world.engine().keyValue(HERE).put(KvKey.of(key), KvEntry.of(value), KvCondition.ANY);
    }
}
