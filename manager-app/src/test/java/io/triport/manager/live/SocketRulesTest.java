package io.triport.manager.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JsonText;
import io.triport.domain.time.Ticker;
import io.triport.identity.launch.StartMode;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.answer.Json;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a socket is closed, and how often it speaks. */
@Timeout(60)
final class SocketRulesTest {
    private static final int PLACES = 1_000;

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final JobWorld world = JobWorld.at(clock);
    private final String here = world.namespace("here");
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable ManagerUnderTest running;

    @AfterEach
    void stop() {
        client.shutdownNow();
        if (running != null) {
            running.close();
        }
    }

    @Test
    void one_that_says_nothing_for_90_seconds_is_closed_as_going_away() throws InterruptedException {
        var watcher = watch(manager(ticker), ManagerUnderTest.TOKEN);
        watcher.next();
        ticker.advance(Duration.ofSeconds(89));
        watcher.send("{\"type\":\"ping\"}");
        watcher.untilType("pong");

        ticker.advance(Duration.ofSeconds(89));
        watcher.send("{\"type\":\"ping\"}");
        watcher.untilType("pong");
        assertThat(watcher.closed).isNotDone();
        ticker.advance(Duration.ofSeconds(91));

        assertThat(watcher.closed.join()).isEqualTo(1001);
    }

    @Test
    void one_whose_credential_ends_is_closed_with_1008() throws InterruptedException {
        var manager = manager(ticker);
        var made = key(manager, ",\"expires_at\":\"2026-01-01T01:00:00Z\"");
        var watcher = watch(manager, made.path("key").asText());
        watcher.next();

        clock.advance(Duration.ofHours(1));

        assertThat(watcher.closed.join()).isEqualTo(1008);
    }

    @Test
    void one_whose_key_was_taken_away_is_closed_with_1008_within_a_minute() throws InterruptedException {
        var manager = manager(ticker);
        var made = key(manager, "");
        var watcher = watch(manager, made.path("key").asText());
        watcher.next();

        manager.send("DELETE", "/api/api-keys/" + made.path("id").asText());
        ticker.advance(Duration.ofSeconds(60));

        assertThat(watcher.closed.join()).isEqualTo(1008);
    }

    @Test
    void one_for_which_there_is_no_place_is_told_to_come_again_with_1013() throws InterruptedException {
        var manager = manager(ticker);
        var watching = manager.part(Watching.class);
        for (var place = 0; place < PLACES; place++) {
            assertThat(watching.enter()).isTrue();
        }

        assertThat(watch(manager, ManagerUnderTest.TOKEN).closed.join()).isEqualTo(1013);

        watching.leave();
        assertThat(watch(manager, ManagerUnderTest.TOKEN).next().path("status").asText())
                .isEqualTo("running");
    }

    @Test
    void one_that_asks_for_more_gets_ten_frames_a_second() throws InterruptedException {
        var system = Ticker.system();
        var manager = manager(system);
        var began = system.nanos();
        var watcher = watch(manager, ManagerUnderTest.TOKEN);
        for (var ping = 0; ping < 6; ping++) {
            watcher.send("{\"type\":\"ping\"}");
        }

        for (var frame = 0; frame < 12; frame++) {
            watcher.next();
        }

        // Between twelve frames lie eleven tenths of a second, however fast they came here.
        assertThat(Duration.ofNanos(system.nanos() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(1_100));
    }

    private ManagerUnderTest manager(Ticker time) {
        running = ManagerUnderTest.start("triport: {}", clock, StartMode.Credentials.DEVELOPMENT, world, time);
        return running;
    }

    private static JsonNode key(ManagerUnderTest manager, String more) {
        var made = manager.send("POST", "/api/api-keys", "{\"name\":\"watcher\",\"role\":\"admin\"" + more + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.result();
    }

    private Watcher watch(ManagerUnderTest manager, String token) {
        var address = manager.address().toString().replaceFirst("^http", "ws") + "/api/jobs/" + job(manager) + "/ws";
        var watcher = new Watcher();
        watcher.opened = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(address), watcher)
                .join();
        return watcher;
    }

    /** One that somebody else is doing, and that is the same each time. @return its id */
    private String job(ManagerUnderTest manager) {
        var id = new JobId("delete-1-running");
        var ledger = world.engine().tables().jobLedger();
        if (ledger.find(id).isEmpty()) {
            var order = new JobOrder(
                    id,
                    "bulk_delete",
                    here,
                    "somebody",
                    "me",
                    new JsonText("{\"role\":\"admin\",\"source\":\"api\",\"parameters\":{}}"));
            // The first look at the ledger takes everything over; this is not to be taken.
            var before = manager.send("POST", "/api/keys/" + here + "/bulk-delete", "{\"keys\":[]}");
            JobWorld.ended(manager, before.result().path("job_id").asText());
            ledger.add(Job.queued(order, new JobProgress(100, 7, 0, "current", JsonText.NONE), clock.instant())
                    .started(clock.instant()));
        }
        return id.text();
    }

    /** What a client hears. */
    private static final class Watcher implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private @Nullable WebSocket opened;

        private void send(String frame) {
            Objects.requireNonNull(opened).sendText(frame, true).join();
        }

        private JsonNode next() throws InterruptedException {
            return frames.take();
        }

        private void untilType(String type) throws InterruptedException {
            while (!next().path("type").asText().equals(type)) {
                // Snapshots come between.
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                frames.add(Json.parse(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }
}
