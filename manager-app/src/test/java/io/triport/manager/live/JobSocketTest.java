package io.triport.manager.live;

import static io.triport.manager.JobWorld.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.identity.connection.Drain;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.answer.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job watched over a WebSocket, through the whole manager. */
@Timeout(60)
final class JobSocketTest {
    private final JobWorld world = JobWorld.fresh();
    private final String here = world.namespace("here");
    private final ManagerUnderTest manager = world.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.shutdownNow();
        manager.close();
    }

    @Test
    void a_finished_job_is_told_at_once_and_the_socket_closes_as_done() throws InterruptedException {
        var job = order("{\"keys\":[\"a\"]}");
        ended(manager, job);

        var watcher = watch(job);

        var snapshot = watcher.next();
        assertThat(snapshot.path("jobId").asText()).isEqualTo(job);
        assertThat(snapshot.path("status").asText()).isEqualTo("completed");
        assertThat(snapshot.path("progress").path("percentage").asInt()).isEqualTo(100);
        assertThat(snapshot.path("result").path("processed").asInt()).isEqualTo(1);
        assertThat(watcher.closed.join()).isEqualTo(1000);
    }

    @Test
    void a_running_job_is_told_at_once_and_once_a_second_until_its_end() throws InterruptedException {
        var job = running(7);
        var watcher = watch(job);

        for (var frame = 0; frame < 3; frame++) {
            var snapshot = watcher.next();
            assertThat(snapshot.path("status").asText()).isEqualTo("running");
            assertThat(snapshot.path("progress").path("processed").asInt()).isEqualTo(7);
            assertThat(snapshot.path("progress").path("currentKey").asText()).isEqualTo("current");
        }
        var now = ledger().find(new JobId(job)).orElseThrow();
        ledger().update(now.ended(
                JobStatus.COMPLETED,
                new JsonText("{\"processed\":7}"),
                world.clock().instant()));

        assertThat(watcher.until("completed")
                        .path("progress")
                        .path("percentage")
                        .asInt())
                .isEqualTo(100);
        assertThat(watcher.closed.join()).isEqualTo(1000);
    }

    @Test
    void a_snapshot_follows_every_pong() throws InterruptedException {
        var watcher = watch(running(7));
        watcher.next();

        watcher.send("{\"type\":\"ping\"}");

        assertThat(watcher.untilType("pong").path("type").asText()).isEqualTo("pong");
        assertThat(watcher.next().path("progress").path("processed").asInt()).isEqualTo(7);
    }

    @Test
    void a_cancel_is_acknowledged_with_real_numbers() throws InterruptedException {
        var job = running(7);
        var watcher = watch(job);
        watcher.next();

        watcher.send("{\"type\":\"cancel\",\"jobId\":\"other\"}");
        assertThat(watcher.untilType("error").path("code").asText()).isEqualTo("invalid_argument");
        watcher.send("{\"type\":\"cancel\",\"jobId\":\"" + job + "\"}");

        var acknowledged = watcher.next();
        while (!acknowledged.path("cancelRequested").asBoolean()) {
            acknowledged = watcher.next();
        }
        assertThat(acknowledged.path("status").asText()).isEqualTo("running");
        assertThat(acknowledged.path("progress").path("processed").asInt()).isEqualTo(7);
        assertThat(ledger().find(new JobId(job)).orElseThrow().cancelling()).isTrue();
    }

    @Test
    void events_are_told_again_and_what_cannot_be_read_is_said_so() throws InterruptedException {
        var watcher = watch(running(7));
        watcher.next();

        for (var frame : new String[] {"no json", "[]", "{\"type\":\"dance\"}", "{\"type\":\"replay\"}"}) {
            watcher.send(frame);
            assertThat(watcher.untilType("error").path("message").asText()).isNotBlank();
        }
        watcher.send("{\"type\":\"replay\",\"after\":0}");
        assertThat(watcher.untilType("replay").path("events").isArray()).isTrue();
        assertThat(watcher.closed).isNotDone();
    }

    @Test
    void a_long_frame_closes_with_1009() throws InterruptedException {
        var watcher = watch(running(7));
        watcher.next();

        watcher.send("x".repeat(4_097));

        assertThat(watcher.closed.join()).isEqualTo(1009);
    }

    @Test
    void a_server_that_stops_says_so() throws InterruptedException {
        var watcher = watch(running(7));
        watcher.next();

        manager.part(Drain.class).begin();

        assertThat(watcher.closed.join()).isEqualTo(1001);
    }

    @Test
    void who_may_not_see_the_job_hears_so_before_the_change() {
        var job = running(7);

        assertThat(refusal(job, "")).isEqualTo(401);
        assertThat(refusal(job, "Bearer wrong")).isEqualTo(401);
        assertThat(refusal("delete-1-unknown", "Bearer " + ManagerUnderTest.TOKEN))
                .isEqualTo(404);
        assertThat(manager.send("GET", "/api/jobs/" + job + "/ws").status()).isEqualTo(426);
    }

    @Test
    void a_page_of_another_site_is_turned_away_before_the_change() {
        var opening = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + ManagerUnderTest.TOKEN)
                .header("Origin", "https://elsewhere.example")
                .buildAsync(address(running(7)), new Watcher());

        assertThatThrownBy(opening::join)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void changes_of_all_own_jobs_come_as_events() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(manager.address() + "/api/jobs/stream"))
                .header("Authorization", "Bearer " + ManagerUnderTest.TOKEN)
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("content-type"))
                .isEqualTo(Optional.of("text/event-stream; charset=utf-8"));

        var job = order("{\"keys\":[\"a\"]}");

        try (var lines = response.body()) {
            var ended = lines.filter(line -> line.startsWith("data: "))
                    .map(line -> Json.parse(line.substring("data: ".length())))
                    .filter(row -> row.path("job_id").asText().equals(job))
                    .map(row -> row.path("status").asText())
                    .filter("completed"::equals)
                    .findFirst();
            assertThat(ended).isPresent();
        }
    }

    private int refusal(String job, String authorization) {
        var builder = client.newWebSocketBuilder();
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        var opening = builder.buildAsync(address(job), new Watcher());
        var status = new AtomicInteger();
        assertThatThrownBy(opening::join)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> status.set(refused.getResponse().statusCode()));
        return status.get();
    }

    private Watcher watch(String job) {
        var watcher = new Watcher();
        watcher.opened = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + ManagerUnderTest.TOKEN)
                .buildAsync(address(job), watcher)
                .join();
        return watcher;
    }

    private URI address(String job) {
        return URI.create(manager.address().toString().replaceFirst("^http", "ws") + "/api/jobs/" + job + "/ws");
    }

    private String order(String body) {
        return manager.send("POST", "/api/keys/" + here + "/bulk-delete", body)
                .result()
                .path("job_id")
                .asText();
    }

    /** A job that somebody else is doing. @return its id */
    private String running(int processed) {
        var before = order("{\"keys\":[]}");
        ended(manager, before);
        var owner = ledger().find(new JobId(before)).orElseThrow().order().owner();
        var id = new JobId("delete-1-running" + processed);
        var order = new JobOrder(
                id,
                "bulk_delete",
                here,
                owner,
                "me",
                new JsonText("{\"role\":\"admin\",\"source\":\"api\",\"parameters\":{}}"));
        var progress = new JobProgress(100, processed, 0, "current", JsonText.NONE);
        ledger().add(Job.queued(order, progress, world.clock().instant())
                .started(world.clock().instant()));
        return id.text();
    }

    private JobLedger ledger() {
        return world.engine().tables().jobLedger();
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

        private JsonNode until(String status) throws InterruptedException {
            var frame = next();
            while (!frame.path("status").asText().equals(status)) {
                frame = next();
            }
            return frame;
        }

        private JsonNode untilType(String type) throws InterruptedException {
            var frame = next();
            while (!frame.path("type").asText().equals(type)) {
                frame = next();
            }
            return frame;
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
