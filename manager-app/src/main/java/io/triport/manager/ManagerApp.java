package io.triport.manager;

import io.triport.domain.request.Fetch;
import io.triport.identity.edge.BodyBudget;
import io.triport.identity.log.RequestLog;
import io.triport.identity.stream.StreamApp;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.Doorkeeper;
import io.triport.manager.answer.Failures;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.answer.Replies;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import java.util.Map;

/** Answers every request: finds its route, asks who sent it, and lets the route answer. Safe for many threads. */
final class ManagerApp implements StreamApp {
    private static final String HEALTH = "/health";

    private final String basePath;
    private final RouteTable table;
    private final Doorkeeper door;
    private final BodyBudget budget;
    private final RequestLog log;

    /** @param basePath in front of all paths, empty for none */
    ManagerApp(String basePath, RouteTable table, Doorkeeper door, BodyBudget budget, RequestLog log) {
        this.basePath = basePath;
        this.table = table;
        this.door = door;
        this.budget = budget;
        this.log = log;
    }

    @Override
    public boolean builtIn(String method, String target) {
        return target.equals(basePath + HEALTH);
    }

    @Override
    public StreamReply answer(Fetch fetch) {
        try {
            return switch (table.find(fetch, path(fetch))) {
                case RouteTable.Unknown unknown -> throw Problem.NOT_FOUND.refused();
                case RouteTable.WrongMethod(var allowed) ->
                    throw Problem.METHOD_NOT_ALLOWED.refused().with("Allow", allowed);
                case RouteTable.Found(var route, var variables) ->
                    switch (route.handler()) {
                        case Route.Open(var answering) -> answering.answer(fetch);
                        case Route.Guarded(var answering) -> guarded(fetch, variables, answering);
                    };
            };
        } catch (Refused e) {
            return refused(fetch, e);
        }
    }

    private StreamReply guarded(Fetch fetch, Map<String, String> variables, Route.Answering answering) {
        var admitted = door.admit(fetch);
        var grant = admitted.grant();
        try (var call = new Call(fetch, grant, admitted.caller(), variables, budget)) {
            var reply = answering.answer(call);
            return reply.whenOver(traffic -> {
                grant.close();
                reply.ending().over(traffic);
            });
        } catch (RuntimeException e) {
            grant.close();
            throw e;
        }
    }

    @Override
    public StreamReply failed(Fetch fetch, RuntimeException failure) {
        var refused = Failures.of(failure);
        log.failed(fetch.id(), ManagerShape.level(refused.problem()), failure);
        return refused(fetch, refused);
    }

    private StreamReply refused(Fetch fetch, Refused refused) {
        return fetch.target().path().startsWith(basePath + Envelope.BASE)
                ? Envelope.error(refused)
                : Replies.error(refused, fetch.id());
    }

    private String path(Fetch fetch) {
        var path = fetch.target().path();
        if (!path.startsWith(basePath + "/")) {
            throw Problem.NOT_FOUND.refused();
        }
        return path.substring(basePath.length());
    }
}
