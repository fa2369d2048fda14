package io.triport.manager.alert;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.domain.time.Ticker;
import io.triport.identity.stream.SocketHandshake;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.Caller;
import io.triport.manager.access.GrantBook;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.document.Kept;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** {@code /api/notifications} (manager API, section 8.5): alerts for all, and the ends of jobs for whoever ordered them. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class NoticeRoutes implements Routes {
    private static final int MOST = 500;
    private static final int USUAL = 50;

    private final Notices notices;
    private final Namespaces namespaces;
    private final GrantBook grants;
    private final Clock clock;
    private final Ticker ticker;

    NoticeRoutes(Notices notices, Namespaces namespaces, GrantBook grants, Clock clock, Ticker ticker) {
        this.grants = grants;
        this.notices = notices;
        this.namespaces = namespaces;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/notifications", this::list), Route.get("/api/notifications/ws", this::follow));
    }

    private StreamReply list(Call call) {
        var limit = call.query().number("limit", 1, MOST, USUAL);
        var shown = Json.array();
        notices.newest(call.grant()).stream()
                .filter(kept -> concerns(call.grant(), call.caller(), kept))
                .limit(limit)
                .forEach(kept -> shown.add(kept.value().shown().put("id", kept.id())));
        return Replies.ok(Json.object().set("notifications", shown));
    }

    private StreamReply follow(Call call) {
        var agreed = SocketHandshake.of(call.fetch())
                .orElseThrow(() -> Problem.INVALID_ARGUMENT.refused("The request must ask for a WebSocket"));
        var grant = call.grant();
        var standing = call.caller().standing();
        return StreamReply.socket(
                agreed,
                new NoticeSocket(
                        notices,
                        kept -> concerns(grant, new Caller(standing, grants.rights(standing)), kept),
                        () -> grant.live(clock.instant()),
                        ticker));
    }

    private boolean concerns(Grant grant, Caller caller, Kept<Notice> kept) {
        var notice = kept.value();
        return notice.user().isEmpty()
                ? namespaces.whole(caller, grant, notice.namespace())
                : notice.user().equals(caller.user()) && namespaces.visible(grant, notice.namespace());
    }
}
