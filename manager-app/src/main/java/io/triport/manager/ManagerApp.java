package io.triport.manager;

import io.triport.domain.request.Fetch;
import io.triport.identity.edge.BodyBudget;
import io.triport.identity.log.RequestLog;
import io.triport.identity.stream.StreamApp;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.Doorkeeper;
import io.triport.manager.access.Origins;
import io.triport.manager.answer.Failures;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.answer.Replies;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.cloudflare.ai.OpenAiError;
import io.triport.manager.route.Call;
import io.triport.manager.route.Repeats;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import io.triport.manager.signin.SignInRoutes;
import java.util.List;
import java.util.Map;

/** Answers every request: finds its route, asks who sent it, and lets the route answer. Safe for many threads. */
final class ManagerApp implements StreamApp {
    private static final String HEALTH = "/health";

    private final String basePath;
    private final RouteTable table;
    private final Doorkeeper door;
    private final Origins origins;
    private final SignInRoutes sessions;
    private final BodyBudget budget;
    private final Repeats repeats;
    private final RequestLog log;

    /** @param basePath in front of all paths, empty for none */
    ManagerApp(
            String basePath,
            RouteTable table,
            Doorkeeper door,
            Origins origins,
            SignInRoutes sessions,
            BodyBudget budget,
            Repeats repeats,
            RequestLog log) {
        this.origins = origins;
        this.sessions = sessions;
        this.basePath = basePath;
        this.table = table;
        this.door = door;
        this.budget = budget;
        this.repeats = repeats;
        this.log = log;
    }

    @Override
    public boolean builtIn(Asked asked) {
        return asked.target().equals(basePath + HEALTH);
    }

    @Override
    public StreamReply answer(Fetch fetch) {
        return answered(fetch).with(origins.fields(fetch));
    }

    private StreamReply answered(Fetch fetch) {
        if (fetch.method().text().equals("OPTIONS") && fetch.headers().has("access-control-request-method")) {
            return StreamReply.of(204).with(origins.preflight(fetch));
        }
        try {
            var path = path(fetch);
            origins.require(fetch, path);
            return switch (table.find(fetch, path)) {
                case RouteTable.Unknown unknown -> throw Problem.NOT_FOUND.refused();
                case RouteTable.WrongMethod(var allowed) ->
                    throw Problem.METHOD_NOT_ALLOWED.refused().with("Allow", allowed);
                case RouteTable.Found(var route, var variables) -> {
                    log.named(fetch.id(), route.name());
                    yield switch (route.handler()) {
                        case Route.Open(var answering) -> answering.answer(fetch);
                        case Route.Guarded(var answering) -> admitted(fetch, door.admit(fetch), variables, answering);
                        case Route.Linked(var answering) ->
                            admitted(fetch, door.admitByLink(fetch), variables, answering);
                    };
                }
            };
        } catch (Refused e) {
            return refused(fetch, e);
        }
    }

    private StreamReply admitted(
            Fetch fetch, Doorkeeper.Admitted admitted, Map<String, String> variables, Route.Answering answering) {
        var grant = admitted.grant();
        sessions.used(grant.principal());
        var call = new Call(fetch, grant, admitted.caller(), variables, budget);
        try (call) {
            var reply = renewed(fetch, repeats.answer(call, answering, refused -> refused(fetch, refused)));
            // What follows may take as long as it moves: a body that is made while it is sent, a WebSocket.
            grant.storeWait().callByCall();
            return reply.whenOver(traffic -> {
                call.over();
                grant.close();
                reply.ending().over(traffic);
            });
        } catch (RuntimeException e) {
            call.over();
            grant.close();
            throw e;
        }
    }

    private StreamReply renewed(Fetch fetch, StreamReply reply) {
        var more = reply;
        for (var cookie : sessions.renewed(fetch.headers())) {
            more = more.with("Set-Cookie", cookie);
        }
        return more;
    }

    @Override
    public StreamReply failed(Fetch fetch, RuntimeException failure) {
        var refused = Failures.of(failure);
        log.failed(fetch.id(), ManagerShape.level(refused.problem()), failure);
        return refused(fetch, refused).with(origins.fields(fetch));
    }

    @Override
    public List<StreamReply.Field> beside(Fetch fetch) {
        return origins.fields(fetch);
    }

    private StreamReply refused(Fetch fetch, Refused refused) {
        var path = fetch.target().path();
        if (!path.startsWith(basePath + Envelope.BASE)) {
            return Replies.error(refused, fetch.id());
        }
        return OpenAiError.speaks(path.substring(basePath.length()))
                ? OpenAiError.of(refused)
                : Envelope.error(refused);
    }

    private String path(Fetch fetch) {
        var path = fetch.target().path();
        if (!path.startsWith(basePath + "/")) {
            throw Problem.NOT_FOUND.refused();
        }
        return path.substring(basePath.length());
    }
}
