package io.triport.identity.edge;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.connection.LongReply;
import io.triport.identity.log.RequestLog;
import java.time.Duration;
import java.util.Optional;

/** Stands before every route: bind, refuse what has no route, run the gate, take from the limits. */
@ServerFilter("/**")
final class IdentityFilter {
    private final RouteTable routes;
    private final BodyGuard bodies;
    private final InboundBinder binder;
    private final Door door;
    private final EdgeAnswers answers;
    private final RequestLog log;
    private final Ticker ticker;

    IdentityFilter(
            RouteTable routes,
            BodyGuard bodies,
            InboundBinder binder,
            Door door,
            EdgeAnswers answers,
            RequestLog log,
            Ticker ticker) {
        this.routes = routes;
        this.bodies = bodies;
        this.binder = binder;
        this.door = door;
        this.answers = answers;
        this.log = log;
        this.ticker = ticker;
    }

    /** Null lets the route run. */
    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable
    HttpResponse<?> admit(ServerHttpRequest<?> request) {
        var start = ticker.nanos();
        return switch (routes.find(request)) {
            case RouteTable.Unknown unknown ->
                answered(exchange(request, Bytes.EMPTY, start, Optional.empty()), answers.of(EdgeRefusal.NOT_FOUND));
            case RouteTable.WrongMethod wrong ->
                answered(
                        exchange(request, Bytes.EMPTY, start, Optional.empty()),
                        answers.of(EdgeRefusal.METHOD_NOT_ALLOWED).header(HttpHeaders.ALLOW, wrong.allowed()));
            case RouteTable.Found found -> {
                var body = bodies.collect(request, found.policy().bodyBound());
                yield switch (body) {
                    case BodyGuard.Refused refused ->
                        answered(
                                exchange(request, Bytes.EMPTY, start, Optional.empty()), answers.of(refused.refusal()));
                    case BodyGuard.Collected collected -> {
                        var exchange = exchange(request, collected.bytes(), start, Optional.of(collected.share()));
                        log.named(exchange.fetch().id(), found.route());
                        var refusal = refuse(exchange, found.policy());
                        yield refusal == null ? null : answered(exchange, refusal);
                    }
                };
            }
        };
    }

    @ResponseFilter
    void finish(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Exchange.of(request).ifPresent(exchange -> {
            if (response.body() instanceof FlowingBody body) {
                answers.finish(response, exchange.fetch().id());
                body.whenOver(bytes -> over(exchange, response.code(), bytes));
                if (request instanceof NettyHttpRequest<?> owed) {
                    LongReply.owed(owed.getChannelHandlerContext().channel(), body::abandon);
                }
            } else {
                answered(exchange, response);
            }
        });
    }

    @Nullable
    private MutableHttpResponse<?> refuse(Exchange exchange, RoutePolicy policy) {
        return switch (door.ask(exchange.fetch(), policy)) {
            case Door.Shut(var answer) -> EdgeAnswers.render(answer);
            case Door.Open(var grant) -> {
                exchange.admit(grant);
                yield null;
            }
        };
    }

    private MutableHttpResponse<?> answered(Exchange exchange, MutableHttpResponse<?> response) {
        if (exchange.finish()) {
            answers.finish(response, exchange.fetch().id());
            told(exchange, response.code(), EdgeAnswers.size(response));
        }
        return response;
    }

    /** The bytes of an answer have ended, or nobody wants them any more. */
    private void over(Exchange exchange, int status, long bytes) {
        if (exchange.finish()) {
            told(exchange, status, bytes);
        }
    }

    private void told(Exchange exchange, int status, long bytes) {
        var took = Duration.ofNanos(ticker.nanos() - exchange.startedNanos());
        log.answered(exchange.fetch().id(), status, bytes, took);
    }

    private Exchange exchange(HttpRequest<?> request, Bytes body, long start, Optional<BodyBudget.Share> held) {
        var exchange = new Exchange(binder.bind(request, body), start, held);
        request.setAttribute(Exchange.ATTRIBUTE, exchange);
        log.received(exchange.fetch(), body.size());
        return exchange;
    }
}
