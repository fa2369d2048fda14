package io.triport.manager.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Fetch;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobStatus;
import io.triport.identity.stream.Socket;
import io.triport.identity.stream.SocketTalk;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Refused;
import io.triport.manager.job.JobJson;
import io.triport.manager.job.JobSight;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One job told over a WebSocket until it ends. */
final class JobSocket implements SocketTalk {
    /*
     * Pace
     *
     * A frame is sent a tenth of a second after the one before at the earliest, whatever the client asks for: what changes in
     * between is in the next one. Each is waited for, so a client that takes them slowly gets fewer, and the last one all the
     * same. While the job runs there is one every second, so that a client can tell a slow job from a dead connection.
     */
    private static final Duration TICK = Duration.ofMillis(100);
    private static final long FRAME_NANOS = TICK.toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long SILENCE = Duration.ofSeconds(90).toNanos();
    private static final int MOST_EVENTS = 100;

    private final Watching watching;
    private final Grant grant;
    private final Watching.Credential credential;
    private Job job;
    private long told = -1;
    private long sentAt;
    private long lookedAt;
    private long heardAt;

    JobSocket(Watching watching, Fetch fetch, Grant grant, Job job) {
        this.watching = watching;
        this.grant = grant;
        this.credential = watching.new Credential(fetch, grant);
        this.job = job;
    }

    @Override
    public void talk(Socket socket) throws InterruptedException {
        if (!watching.enter()) {
            socket.close(Socket.TRY_LATER, "too many");
            return;
        }
        try {
            heardAt = watching.nanos();
            sentAt = heardAt - FRAME_NANOS;
            lookedAt = heardAt;
            snapshot(socket);
            while (!job.status().terminal() && goesOn(socket)) {
                look();
                if (due()) {
                    snapshot(socket);
                }
            }
            if (told != job.revision()) {
                snapshot(socket);
            }
        } finally {
            watching.leave();
        }
    }

    private boolean goesOn(Socket socket) throws InterruptedException {
        var received = socket.next(TICK);
        if (!(received instanceof Socket.Nothing)) {
            heardAt = watching.nanos();
        }
        switch (received) {
            case Socket.Gone gone -> {
                told = job.revision();
                return false;
            }
            case Socket.Text(var text) -> answer(socket, text);
            case Socket.Binary binary -> error(socket, "invalid_frame", "A frame must be a text with a JSON object");
            case Socket.Ping ping -> {
                // Answered already.
            }
            case Socket.Nothing nothing -> {
                // A look at the job is due.
            }
        }
        if (watching.stopping()) {
            return close(socket, Socket.GOING_AWAY, "the server stops");
        }
        if (!credential.holds()) {
            return close(socket, Socket.POLICY_VIOLATION, "the identity has ended");
        }
        return watching.nanos() - heardAt <= SILENCE || close(socket, Socket.GOING_AWAY, "nothing was heard");
    }

    private boolean close(Socket socket, int code, String why) {
        socket.close(code, why);
        told = job.revision();
        return false;
    }

    private void answer(Socket socket, String text) throws InterruptedException {
        JsonNode frame;
        try {
            frame = Json.parse(text);
        } catch (Refused e) {
            error(socket, "invalid_frame", "The frame is not JSON");
            return;
        }
        switch (frame.path("type").asText()) {
            case "ping" -> {
                send(socket, Json.object().put("type", "pong"));
                snapshot(socket);
            }
            case "cancel" -> cancel(socket, frame);
            case "replay" -> replay(socket, frame);
            default -> error(socket, "invalid_frame", "The type must be ping, cancel or replay");
        }
    }

    private void cancel(Socket socket, JsonNode frame) throws InterruptedException {
        if (!frame.path("jobId").asText().equals(job.id().text())) {
            error(socket, "invalid_argument", "jobId must be that of this connection");
            return;
        }
        try {
            job = watching.desk().cancel(grant, job.id());
            snapshot(socket);
        } catch (Refused e) {
            error(socket, e.problem().code(), e.sentence());
            job = watching.desk().find(grant, job.id());
        }
    }

    private void replay(Socket socket, JsonNode frame) throws InterruptedException {
        if (!frame.path("after").isIntegralNumber()) {
            error(socket, "invalid_argument", "after must be the id of an event");
            return;
        }
        var events = Json.array();
        watching.storage()
                .jobLedger(grant)
                .events(job.id(), frame.path("after").asLong(), MOST_EVENTS)
                .forEach(event -> events.add(JobJson.event(event)));
        var replay = Json.object().put("type", "replay").put("jobId", job.id().text());
        replay.set("events", events);
        send(socket, replay);
    }

    /** What this node did is known at once; what another did is asked for once a second. */
    private void look() {
        var now = watching.nanos();
        var near = watching.board().find(job.id()).filter(found -> found.revision() > job.revision());
        if (near.isPresent()) {
            job = near.get();
            lookedAt = now;
        } else if (now - lookedAt >= SECOND) {
            job = watching.desk().find(grant, job.id());
            lookedAt = now;
        }
    }

    private boolean due() {
        return told != job.revision()
                || job.status() == JobStatus.RUNNING && watching.nanos() - sentAt >= SECOND - FRAME_NANOS;
    }

    private void snapshot(Socket socket) throws InterruptedException {
        told = job.revision();
        send(socket, JobJson.snapshot(new JobSight(watching.storage(), grant).seen(job)));
    }

    private void error(Socket socket, String code, String message) throws InterruptedException {
        send(socket, Json.object().put("type", "error").put("code", code).put("message", message));
    }

    private void send(Socket socket, JsonNode frame) throws InterruptedException {
        var wait = sentAt + FRAME_NANOS - watching.nanos();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
        sentAt = watching.nanos();
        socket.send(frame.toString());
    }
}
