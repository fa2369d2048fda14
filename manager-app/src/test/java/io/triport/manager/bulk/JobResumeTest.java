package io.triport.manager.bulk;

import static io.triport.manager.JobWorld.ended;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.Paging;
import io.triport.manager.DyingEngine;
import io.triport.manager.JobWorld;
import io.triport.manager.answer.Json;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs whose process ends between two batches. */
@Timeout(60)
final class JobResumeTest {
    private static final NamespaceTitle HERE = new NamespaceTitle("here");

    /** The order, the beginning, and two batches. */
    private static final int TWO_BATCHES = 4;

    private final JobWorld world = JobWorld.fresh();
    private final String here = world.namespace("here");

    @Test
    void a_job_goes_on_behind_its_last_batch_and_does_nothing_twice() throws InterruptedException {
        IntStream.range(0, 2_000).forEach(at -> put("key-" + at, "v"));

        var job = interrupted("/api/keys/" + here + "/bulk-delete", keys(2_000));

        assertThat(world.engine().keyValue(HERE).get(KvKey.of("key-999"))).isEmpty();
        assertThat(world.engine().keyValue(HERE).get(KvKey.of("key-1000"))).isPresent();
        try (var again = world.start()) {
            var row = ended(again, job);
            assertThat(row.path("status").asText()).isEqualTo("completed");
            assertThat(row.path("processed_keys").asLong()).isEqualTo(2_000);
            assertThat(row.path("percentage").asInt()).isEqualTo(100);
        }
        assertThat(world.engine().tables().jobLedger().events(new JobId(job), 0, 100))
                .extracting(JobEvent::kind)
                .containsExactly("started", "progress_25", "progress_50", "progress_75", "completed");
        assertThat(world.engine().tables().keyHistory().deleted(HERE, Long.MAX_VALUE, 1_000))
                .hasSize(1_000);
        assertThat(world.engine().tables().keyHistory().versions(HERE, KvKey.of("key-1"), Long.MAX_VALUE, 10))
                .hasSize(1);
        assertThat(world.engine().tables().auditTrail().page(AuditQuery.all(Paging.first(10))))
                .hasSize(2);
    }

    @Test
    void a_walk_over_a_filter_goes_on_behind_its_last_key() throws InterruptedException {
        IntStream.range(0, 2_000).forEach(at -> put("key-" + at, "v"));

        var job = interrupted(
                "/api/keys/" + here + "/bulk-ttl", "{\"filter\":{\"prefix\":\"key-\"},\"expiration_ttl\":600}");

        try (var again = world.start()) {
            assertThat(ended(again, job).path("processed_keys").asLong()).isEqualTo(2_000);
        }
    }

    @Test
    void an_import_goes_on_behind_its_last_item_with_its_counts() throws InterruptedException {
        var body = new StringBuilder();
        IntStream.range(0, 2_000).forEach(at -> body.append("{\"name\":\"key-" + at + "\",\"value\":" + at + "}\n"));

        var job = interrupted("/api/import/" + here, body.toString());

        try (var again = world.start()) {
            var row = ended(again, job);
            assertThat(row.path("result").path("written").asLong()).isEqualTo(2_000);
            assertThat(row.path("result").path("coerced").asLong()).isEqualTo(2_000);
            assertThat(row.path("processed_keys").asLong()).isEqualTo(2_000);
        }
    }

    @Test
    void an_export_goes_on_behind_its_last_part_and_has_every_key_once() throws InterruptedException {
        var value = "v".repeat(20_000);
        IntStream.range(0, 1_800).forEach(at -> put("key-" + at, value + at));

        var job = interrupted("/api/export/" + here + "?format=ndjson", "");

        try (var again = world.start()) {
            var row = ended(again, job);
            assertThat(row.path("processed_keys").asLong()).isEqualTo(1_800);
            var file = again.send("GET", "/api/jobs/" + job + "/download").text();
            assertThat(file.lines().map(line -> Json.parse(line).path("name").asText()))
                    .hasSize(1_800)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_wish_to_end_that_outlives_the_process_is_heard() throws InterruptedException {
        IntStream.range(0, 2_000).forEach(at -> put("key-" + at, "v"));
        var job = interrupted("/api/keys/" + here + "/bulk-delete", keys(2_000));
        var ledger = world.engine().tables().jobLedger();
        ledger.update(ledger.find(new JobId(job)).orElseThrow().askedToStop());

        try (var again = world.start()) {
            var row = ended(again, job);
            assertThat(row.path("status").asText()).isEqualTo("cancelled");
            assertThat(row.path("processed_keys").asLong()).isEqualTo(1_000);
        }
        assertThat(ledger.events(new JobId(job), 0, 100))
                .extracting(JobEvent::kind)
                .containsExactly("started", "progress_25", "progress_50", "cancelled");
    }

    /** Orders a job of a manager that dies after two batches. @return its id */
    private String interrupted(String route, String body) throws InterruptedException {
        var dying = world.dyingAfter(TWO_BATCHES);
        try (var manager = dying.start()) {
            var answer = manager.send("POST", route, body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            ((DyingEngine) dying.engine()).awaitDeath();
            return answer.result().path("job_id").asText();
        }
    }

    private static String keys(int count) {
        var keys = Json.array();
        IntStream.range(0, count).forEach(at -> keys.add("key-" + at));
        return Json.object().set("keys", keys).toString();
    }

    private void put(String key, String value) {
        world.engine().keyValue(HERE).put(KvKey.of(key), KvEntry.of(Bytes.utf8(value)), KvCondition.ANY);
    }
}
