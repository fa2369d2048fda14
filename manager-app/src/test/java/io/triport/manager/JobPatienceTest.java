package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job whose storage does not answer for a while. */
@Timeout(60)
final class JobPatienceTest {
    private static final int KEYS = 700;
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");

    private final AtomicBoolean closed = new AtomicBoolean();
    private final JobWorld roomy = JobWorld.fresh();
    private final ClosedEngine engine = new ClosedEngine(roomy.engine(), closed);
    private final DoubtfulEngine doubtful = new DoubtfulEngine(engine);
    private final JobWorld world = new JobWorld(doubtful, roomy.files(), roomy.ticks(), roomy.clock());
    private final String id = roomy.namespace("CACHE");
    private final ManagerUnderTest manager = world.start();

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void a_read_that_fails_ends_no_job() {
        var held = world.files().holdReads("keys/");
        var job = running();

        closed.set(true);
        held.countDown();
        while (engine.refused() == 0) {
            Thread.onSpinWait();
        }
        closed.set(false);

        assertDone(job);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_commit_that_nobody_answers_for_is_not_done_again(int before) {
        var held = world.files().holdReads("keys/");
        var job = running();

        doubtful.doubtAfter(before);
        held.countDown();

        assertDone(job);
        assertThat(doubtful.doubted()).isTrue();
        assertThat(manager.send("GET", "/api/jobs/" + job + "/events").result().path("events"))
                .extracting(event -> event.path("event_type").asText())
                .containsOnlyOnce("completed");
    }

    /** A job that deletes many keys, as soon as it is at work. */
    private String running() {
        IntStream.range(0, KEYS)
                .forEach(at ->
                        roomy.engine().keyValue(CACHE).put(KvKey.of("key-" + at), KvEntry.of("v"), KvCondition.ANY));
        var names =
                IntStream.range(0, KEYS).mapToObj(at -> "\"key-" + at + "\"").collect(Collectors.joining(","));
        var job = manager.send("POST", "/api/keys/" + id + "/bulk-delete", "{\"keys\":[" + names + "]}")
                .result()
                .path("job_id")
                .asText();
        while (!manager.send("GET", "/api/jobs/" + job)
                .result()
                .path("status")
                .asText()
                .equals("running")) {
            Thread.onSpinWait();
        }
        return job;
    }

    private void assertDone(String job) {
        var row = JobWorld.ended(manager, job);
        assertThat(row.path("status").asText()).isEqualTo("completed");
        assertThat(row.path("processed_keys").asInt()).isEqualTo(KEYS);
        assertThat(row.path("error_count").asInt()).isZero();
        assertThat(roomy.engine().keyValue(CACHE).get(KvKey.of("key-" + (KEYS - 1))))
                .isEmpty();
    }
}
