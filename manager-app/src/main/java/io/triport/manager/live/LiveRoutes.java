package io.triport.manager.live;

import io.micronaut.context.annotation.Requires;
import io.triport.identity.stream.SocketHandshake;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Problem;
import io.triport.manager.job.JobRoutes;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.transfer.PulledContent;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/jobs/{id}/ws} and {@code /api/jobs/stream} (manager API, sections 4 and 8.1). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class LiveRoutes implements Routes {
    private final Watching watching;

    LiveRoutes(Watching watching) {
        this.watching = watching;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/jobs/{id}/ws", this::socket), Route.get("/api/jobs/stream", this::stream));
    }

    /** Who may not see the job hears so before the change of protocol. */
    private StreamReply socket(Call call) {
        var job = watching.desk().find(call.grant(), JobRoutes.id(call));
        var agreed = SocketHandshake.of(call.fetch())
                .orElseThrow(() -> Problem.UPGRADE_REQUIRED
                        .refused()
                        .with("Upgrade", "websocket")
                        .with("Sec-WebSocket-Version", SocketHandshake.VERSION));
        return StreamReply.socket(agreed, new JobSocket(watching, call.fetch(), call.grant(), job));
    }

    private StreamReply stream(Call call) {
        return StreamReply.of(200)
                .with("Content-Type", "text/event-stream; charset=utf-8")
                .with("Cache-Control", "no-store")
                .with("X-Accel-Buffering", "no")
                .with(new PulledContent(new JobStream(watching, call.fetch(), call.grant())));
    }
}
