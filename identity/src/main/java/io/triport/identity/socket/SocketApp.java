package io.triport.identity.socket;

import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.storage.Storage;
import io.triport.identity.connection.Drain;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.AddedMechanisms;
import io.triport.identity.edge.Door;
import io.triport.identity.edge.EdgeAnswers;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.handler.RoutedFetch;
import io.triport.identity.log.RequestLog;
import io.triport.identity.stream.SocketHandshake;
import io.triport.identity.stream.StreamApp;
import io.triport.identity.stream.StreamReply;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers the requests that wish for a WebSocket on one of the paths; all others are the server's. Safe for many threads. */
final class SocketApp implements StreamApp {
    private static final Duration MAX_VERIFY_AGE = Duration.ofSeconds(60);

    private final SocketRoutes routes;
    private final AddedMechanisms added;
    private final String basePath;
    private final Door door;
    private final Storage storage;
    private final EdgeAnswers answers;
    private final TakenOver binder;
    private final RequestLog log;
    private final Drain drain;
    private final Clock clock;

    /** @param basePath in front of all paths, empty for none */
    SocketApp(
            SocketRoutes routes,
            AddedMechanisms added,
            String basePath,
            Door door,
            Storage storage,
            EdgeAnswers answers,
            TakenOver binder,
            RequestLog log,
            Drain drain,
            Clock clock) {
        this.routes = routes;
        this.added = added;
        this.basePath = basePath;
        this.door = door;
        this.storage = storage;
        this.answers = answers;
        this.binder = binder;
        this.log = log;
        this.drain = drain;
        this.clock = clock;
        for (var socket : routes.sockets()) {
            if (!door.knows(policy(socket))) {
                throw new IllegalStateException(socket.name() + ": a mechanism of " + socket.mechanisms()
                        + " is not wired (expected: all of them)");
            }
        }
    }

    @Override
    public boolean builtIn(Asked asked) {
        return !asked.socket() || !asked.method().equals("GET") || found(path(asked.target())) == null;
    }

    private static String path(String target) {
        var query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private SocketRoutes.@Nullable Found found(String path) {
        return path.startsWith(basePath)
                ? routes.find(path.substring(basePath.length())).orElse(null)
                : null;
    }

    @Override
    public StreamReply answer(Fetch fetch) {
        var found = found(fetch.target().path());
        if (found == null) {
            return reply(answers.said(EdgeRefusal.NOT_FOUND));
        }
        log.named(fetch.id(), found.socket().name());
        var agreed = SocketHandshake.of(fetch);
        if (agreed.isEmpty() || fetch.body().length().orElse(1) > 0) {
            // RFC 6455 section 4.4: with the version that would do.
            return reply(
                    answers.said(EdgeRefusal.MALFORMED_REQUEST).with("Sec-WebSocket-Version", SocketHandshake.VERSION));
        }
        var whole = binder.rebound(fetch, Content.of(Bytes.EMPTY));
        return switch (door.ask(whole, policy(found.socket()))) {
            case Door.Shut(var answer) -> reply(answer);
            case Door.Open(var grant) -> opened(agreed.get(), found, whole, grant);
        };
    }

    private StreamReply opened(SocketHandshake agreed, SocketRoutes.Found found, Fetch fetch, Grant grant) {
        try {
            var routed = new RoutedFetch(fetch, found.variables());
            var talk = found.socket().work().open(routed, grant, storage, () -> grant.live(clock.instant()));
            grant.storeWait().callByCall();
            return StreamReply.socket(agreed, new DrainedTalk(talk, drain::begun))
                    .whenOver(traffic -> grant.close());
        } catch (RuntimeException e) {
            grant.close();
            throw e;
        }
    }

    @Override
    public StreamReply failed(Fetch fetch, RuntimeException failure) {
        var told = answers.shape().of(failure);
        log.failed(fetch.id(), told.level(), failure);
        return reply(answers.said(told));
    }

    private RoutePolicy policy(OnSocket socket) {
        return new RoutePolicy(
                added.to(socket.mechanisms()), Combine.AGREE, socket.scopes(), ByteSize.ofBytes(0), MAX_VERIFY_AGE);
    }

    private static StreamReply reply(EdgeAnswer answer) {
        var reply = StreamReply.of(answer.status(), answer.contentType(), answer.body());
        for (var field : answer.headers().entrySet()) {
            reply = reply.with(field.getKey(), field.getValue());
        }
        return reply;
    }
}
