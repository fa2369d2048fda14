package io.triport.identity.edge;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Charge;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.time.Ticker;
import io.triport.identity.log.RequestLog;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Stands before every route: bind, refuse what has no route, run the gate, take from the limits. */
@ServerFilter("/**")
final class IdentityFilter {
    private final RouteTable routes;
    private final InboundBinder binder;
    private final AccessGate gate;
    private final RateLimiter limiter;
    private final FailureLimit failures;
    private final EdgeAnswers answers;
    private final RequestLog log;
    private final Ticker ticker;

    IdentityFilter(
            RouteTable routes,
            InboundBinder binder,
            AccessGate gate,
            RateLimiter limiter,
            FailureLimit failures,
            EdgeAnswers answers,
            RequestLog log,
            Ticker ticker) {
        this.routes = routes;
        this.binder = binder;
        this.gate = gate;
        this.limiter = limiter;
        this.failures = failures;
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
        var route = RouteAttributes.getRouteInfo(request).orElse(null);
        var body = body(request);
        var exchange = new Exchange(binder.bind(request, body), start);
        request.setAttribute(Exchange.ATTRIBUTE, exchange);
        log.received(exchange.fetch(), body.size());
        if (!(route instanceof UriRouteInfo<?, ?> uri)) {
            return answered(exchange, answers.of(EdgeFault.NOT_FOUND));
        }
        var refusal = refuse(exchange, uri);
        return refusal == null ? null : answered(exchange, refusal);
    }

    @ResponseFilter
    void finish(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Exchange.of(request).ifPresent(exchange -> answered(exchange, response));
    }

    @Nullable
    private MutableHttpResponse<?> refuse(Exchange exchange, UriRouteInfo<?, ?> route) {
        var fetch = exchange.fetch();
        var wait = failures.wait(fetch.peer().address());
        if (wait.isPositive()) {
            log.limited(fetch.id(), "rejected-credentials");
            return answers.limited(wait);
        }
        return switch (gate.admit(fetch, routes.policy(route))) {
            case Decision.Refused refused -> {
                if (refused.refusal().reason().badCredential()) {
                    failures.failed(fetch.peer().address());
                }
                yield answers.of(refused.refusal());
            }
            case Decision.Admitted admitted -> {
                exchange.admit(admitted.grant());
                yield take(admitted.grant(), fetch);
            }
        };
    }

    @Nullable
    private MutableHttpResponse<?> take(Grant grant, Fetch fetch) {
        if (grant.limits().isEmpty()) {
            return null;
        }
        var owner = grant.principal().id().unique();
        var charges = grant.limits().stream()
                .map(limit -> new Charge(owner + limit.scope(), limit, 1))
                .toList();
        return switch (limiter.take(charges)) {
            case Admission.Taken taken -> null;
            case Admission.Exhausted exhausted -> {
                log.limited(fetch.id(), "rate-limit");
                yield answers.limited(exhausted);
            }
        };
    }

    private MutableHttpResponse<?> answered(Exchange exchange, MutableHttpResponse<?> response) {
        if (exchange.finish()) {
            answers.finish(response, exchange.fetch().id());
            var took = Duration.ofNanos(ticker.nanos() - exchange.startedNanos());
            log.answered(exchange.fetch().id(), response.code(), EdgeAnswers.size(response), took);
        }
        return response;
    }

    private static Bytes body(ServerHttpRequest<?> request) {
        try (var body = request.byteBody().move()) {
            if (body instanceof AvailableByteBody available) {
                return Bytes.copyOf(available.toByteArray());
            }
            try (var buffered = body.buffer().join()) {
                return Bytes.copyOf(buffered.toByteArray());
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
