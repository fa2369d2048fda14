package io.triport.manager.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.identity.launch.StartMode;
import io.triport.identity.stream.Socket;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.access.Doorkeeper;
import io.triport.manager.answer.Json;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestRequests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a watcher hears who takes it slowly, in a time that passes while nothing comes. */
@Timeout(60)
final class SlowWatcherTest {
    private static final JobId JOB = new JobId("delete-1-running");

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final JobWorld world = JobWorld.at(clock);
    private final String here = world.namespace("here");
    private final ManagerUnderTest manager =
            ManagerUnderTest.start("triport: {}", clock, StartMode.Credentials.CONFIGURED, world, ticker);

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void one_who_reads_slowly_misses_what_came_between_and_never_the_end() throws InterruptedException {
        running();
        var slow = new SlowSocket();
        var talk = watch(slow);
        assertThat(processed(slow.offered.take())).isZero();

        for (var done = 1; done < 80; done++) {
            at(done);
            ticker.advance(Duration.ofSeconds(1));
        }
        end(JobStatus.COMPLETED);
        assertThat(slow.offered).isEmpty();
        slow.readsAll();
        talk.join();

        assertThat(slow.offered).hasSize(1);
        var last = slow.offered.take();
        assertThat(last.path("status").asText()).isEqualTo("completed");
        assertThat(last.path("progress").path("percentage").asInt()).isEqualTo(100);
        assertThat(slow.closes).isEmpty();
    }

    @Test
    void one_who_reads_slowly_hears_where_the_job_stands_by_then() throws InterruptedException {
        running();
        var slow = new SlowSocket();
        var talk = watch(slow);
        slow.offered.take();
        for (var done = 1; done <= 40; done++) {
            at(done);
            ticker.advance(Duration.ofSeconds(1));
        }

        slow.reads();

        assertThat(processed(slow.offered.take())).isEqualTo(40);
        end(JobStatus.CANCELLED);
        slow.readsAll();
        talk.join();
        assertThat(slow.offered)
                .extracting(frame -> frame.path("status").asText())
                .endsWith("cancelled");
    }

    @Test
    void while_a_job_runs_there_is_a_frame_each_second_and_never_two_within_a_tenth_of_one()
            throws InterruptedException {
        running();
        var prompt = new SlowSocket();
        prompt.readsAll();
        prompt.endsWith = 12;
        watch(prompt).join();

        assertThat(prompt.sent).hasSize(12);
        for (var frame = 1; frame < prompt.sent.size(); frame++) {
            assertThat(Duration.ofNanos(prompt.sent.get(frame) - prompt.sent.get(frame - 1)))
                    .isBetween(Duration.ofMillis(100), Duration.ofSeconds(1));
        }
    }

    private static int processed(JsonNode frame) {
        return frame.path("progress").path("processed").asInt(-1);
    }

    private Thread watch(Socket socket) {
        Fetch fetch = TestRequests.fetch(
                Method.GET,
                "/api/jobs/" + JOB + "/ws",
                Map.of("authorization", List.of("Bearer " + ManagerUnderTest.TOKEN)),
                "127.0.0.1");
        Grant grant = manager.part(Doorkeeper.class).admit(fetch).grant();
        var talk = new JobSocket(
                manager.part(Watching.class), fetch, grant, ledger().find(JOB).orElseThrow());
        return Thread.ofVirtual().start(() -> {
            try {
                talk.talk(socket);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        });
    }

    /** A job that somebody else is doing: the first look at the ledger takes everything over, so it is written down behind that. */
    private void running() {
        var before = manager.send("POST", "/api/keys/" + here + "/bulk-delete", "{\"keys\":[]}");
        JobWorld.ended(manager, before.result().path("job_id").asText());
        var order = new JobOrder(
                JOB,
                "bulk_delete",
                here,
                "somebody",
                "me",
                new JsonText("{\"role\":\"admin\",\"source\":\"api\",\"parameters\":{}}"));
        ledger().add(Job.queued(order, progress(0), clock.instant()).started(clock.instant()));
    }

    private void at(int processed) {
        ledger().update(ledger().find(JOB).orElseThrow().at(progress(processed)));
    }

    private static JobProgress progress(int processed) {
        return new JobProgress(100, processed, 0, "current", JsonText.NONE);
    }

    private void end(JobStatus status) {
        ledger().update(ledger().find(JOB).orElseThrow().ended(status, new JsonText("{}"), clock.instant()));
    }

    private JobLedger ledger() {
        return world.engine().tables().jobLedger();
    }

    /** A connection that takes a frame only when the client has read the one before. A wait for the client takes no time but the ticker's. */
    private final class SlowSocket implements Socket {
        private final BlockingQueue<JsonNode> offered = new LinkedBlockingQueue<>();
        private final List<Long> sent = new CopyOnWriteArrayList<>();
        private final List<Integer> closes = new CopyOnWriteArrayList<>();
        private final Semaphore taken = new Semaphore(0);
        private volatile int endsWith = Integer.MAX_VALUE;

        private void reads() {
            taken.release();
        }

        private void readsAll() {
            taken.release(1_000);
        }

        @Override
        public Received next(Duration most) {
            if (sent.size() >= endsWith) {
                return new Gone(1000, "");
            }
            ticker.advance(most);
            return new Nothing();
        }

        @Override
        public void send(String text) throws InterruptedException {
            sent.add(ticker.nanos());
            offered.add(Json.parse(text));
            taken.acquire();
        }

        @Override
        public void send(Bytes bytes) {
            throw new AssertionError("a job is told in texts");
        }

        @Override
        public void close(int code, String reason) {
            closes.add(code);
        }
    }
}
