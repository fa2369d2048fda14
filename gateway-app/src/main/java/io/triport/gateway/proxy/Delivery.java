package io.triport.gateway.proxy;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.triport.domain.identity.Principal;
import io.triport.domain.request.Method;
import io.triport.gateway.backend.Server;
import io.triport.gateway.config.TargetSettings;
import io.triport.gateway.config.UpstreamSettings;
import io.triport.gateway.config.UpstreamSettings.RetryOn;
import io.triport.gateway.pool.PoolFailure;
import io.triport.gateway.pool.UpstreamStream;
import io.triport.gateway.problem.Problem;
import io.triport.identity.handler.QueryString;
import io.triport.identity.trace.RequestTrace;
import io.triport.identity.trace.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a request to its upstream: to one server after the other where that is allowed, or to two at once, until one of them answers
 * (gateway.md section 11). Confined to the event loop of the client's connection.
 */
final class Delivery {
    private static final int SERVER_ERROR = 500;

    private final ClientRequest request;
    private final RequestBody body;
    private final SiteRoute route;
    private final UpstreamSettings settings;
    private final Way way;
    private final EventLoop loop;
    private final Services services;
    private final Ids ids;
    private final Receiver receiver;
    private final Set<Server> tried = new HashSet<>(2);
    private final List<Attempt> open = new ArrayList<>(1);
    private @Nullable Attempt answering;
    private @Nullable Future<?> hedge;
    private boolean over;
    private int attempts;
    private int hedges;
    /** Nanoseconds before the next attempt, 0 while they are not chosen. */
    private long pause;

    private String lastTarget = "";
    private long sentAt;
    private long headAt;

    /** Who gets the answer. */
    interface Receiver {
        /** The request is on its way, and more of its body may follow. */
        void underWay();

        void head(HttpResponse response);

        void content(HttpContent content);

        void readComplete();

        void writable();

        /** There is no answer, or no more of it. */
        void failed(Problem problem, Fields fields);

        /** What is recorded of the request. */
        RequestTrace trace();
    }

    /**
     * @param target path and query at the upstream
     * @param balanceKey what consistent hashing goes by
     * @param by of the ticker, when to give up
     * @param principal whose request it is
     */
    record Way(String target, String balanceKey, long by, Principal principal) {}

    Delivery(
            ClientRequest request,
            RequestBody body,
            SiteRoute route,
            Way way,
            EventLoop loop,
            Services services,
            Ids ids,
            Receiver receiver) {
        this.request = request;
        this.body = body;
        this.route = route;
        this.settings = route.backend().settings();
        this.way = way;
        this.loop = loop;
        this.services = services;
        this.ids = ids;
        this.receiver = receiver;
    }

    void begin() {
        route.backend().budget().requested();
        attempt();
    }

    private void attempt() {
        if (!sent()) {
            over = true;
            receiver.failed(
                    Problem.CIRCUIT_OPEN, Fields.retryAfter(route.backend().retryAfter()));
        }
    }

    /** Sends the request to a server that takes it. @return false where there is none */
    private boolean sent() {
        var chosen = route.backend().choose(way.balanceKey(), tried);
        var passage = chosen.flatMap(each -> each.breaker().enter());
        if (chosen.isEmpty() || passage.isEmpty()) {
            return false;
        }
        var server = chosen.get();
        lastTarget = server.name();
        var span = receiver.trace().begin(Stage.UPSTREAM, lastTarget);
        var attempt = new Attempt(this, server, passage.get(), span);
        tried.add(server);
        open.add(attempt);
        attempts++;
        if (attempts > 1) {
            services.metrics().retried();
        }
        attempt.begin(loop, way.by());
        return true;
    }

    boolean upgrades() {
        return Upgrade.wanted(request.headers());
    }

    void ready(Attempt attempt, UpstreamStream stream) {
        var now = services.ticker().nanos();
        if (sentAt == 0 || open.size() == 1) {
            sentAt = now;
        }
        var address = attempt.server().target().address();
        var message = request.message();
        message.setUri(address.basePath() + way.target());
        var keepsHost =
                route.settings().forwarding().host() && !request.authority().isEmpty();
        message.headers()
                .set(
                        HttpHeaderNames.HOST,
                        keepsHost ? request.authority() : attempt.server().authority());
        vouch(message, address);
        if (attempts > 1) {
            message.headers().set("X-Retry-Count", attempts - 1);
        }
        var context = receiver.trace().context(attempt.span());
        if (!context.isEmpty()) {
            message.headers().set(Name.TRACE_PARENT, context);
        }
        stream.headBy(Math.min(way.by(), now + settings.retry().perTry().toNanos()));
        stream.write(message);
        body.begin(stream, mayRepeat() || settings.hedge() != null);
        stream.flush();
        awaitHedge();
        receiver.underWay();
    }

    /** For each server anew, since an assertion says what is asked of whom. */
    private void vouch(HttpRequest message, TargetSettings server) {
        var assertion = route.assertion();
        if (assertion == null || way.principal().kind() == Principal.Kind.ANONYMOUS) {
            return;
        }
        var host = message.headers().get(HttpHeaderNames.HOST);
        var url = server.scheme() + "://" + host + QueryString.pathOf(message.uri());
        var now = services.clock().instant();
        var value = assertion.of(way.principal(), request.id(), new Method(request.method()), url, now);
        message.headers().set("X-Identity-Assertion", value);
    }

    /** Hands on what the client sends. @return false where it must be kept, since no stream is there to take it */
    boolean send(HttpContent piece) {
        var stream = stream();
        if (stream == null) {
            return false;
        }
        body.send(stream, piece, mayRepeat());
        return true;
    }

    /** The stream of the answer, or the one that the request goes to; null while there is none. */
    @Nullable
    UpstreamStream stream() {
        if (answering != null) {
            return answering.stream();
        }
        return open.size() == 1 ? open.getFirst().stream() : null;
    }

    /** Whether the client may send more. */
    boolean takesMore() {
        var stream = stream();
        return stream != null && stream.writable();
    }

    void head(Attempt attempt, HttpResponse response) {
        var code = response.status().code();
        attempt.judged(!failure(code));
        if (retryable(code)) {
            if (open.size() > 1) {
                drop(attempt);
                return;
            }
            if (mayRepeatNow()) {
                drop(attempt);
                again();
                return;
            }
        }
        headAt = services.ticker().nanos();
        answering = attempt;
        lastTarget = attempt.server().name();
        cancelHedge();
        if (open.size() > 1) {
            for (var other : List.copyOf(open)) {
                if (!other.equals(attempt)) {
                    drop(other);
                }
            }
        }
        body.forget();
        receiver.head(response);
    }

    private void drop(Attempt attempt) {
        open.remove(attempt);
        attempt.cancel();
    }

    private boolean failure(int code) {
        return code == 502
                || code == 503
                || code == 504
                || code == SERVER_ERROR && settings.breaker().countServerErrors();
    }

    void content(HttpContent content) {
        if (content instanceof LastHttpContent && answering != null) {
            answering.complete();
            over = true;
        }
        receiver.content(content);
    }

    void readComplete(Attempt attempt, UpstreamStream stream) {
        if (attempt.equals(answering)) {
            receiver.readComplete();
        } else {
            stream.read();
        }
    }

    void writable() {
        receiver.writable();
    }

    void ended(Attempt attempt, String how) {
        receiver.trace().end(attempt.span(), how);
    }

    void failed(Attempt attempt, PoolFailure failure) {
        open.remove(attempt);
        if (answering == null && !open.isEmpty()) {
            return; // the other one may still answer
        }
        if (answering == null && retryable(failure) && mayRepeatNow()) {
            again();
            return;
        }
        cancelHedge();
        over = true;
        var problem = problem(failure);
        receiver.failed(problem, problem.status() == 503 ? Fields.retryAfter(Duration.ofSeconds(1)) : Fields.NONE);
    }

    private static Problem problem(PoolFailure failure) {
        return switch (failure) {
            case CONNECT -> Problem.UPSTREAM_UNREACHABLE;
            case TLS -> Problem.UPSTREAM_TLS;
            case EXHAUSTED -> Problem.POOL_EXHAUSTED;
            case RESET, BROKEN -> Problem.UPSTREAM_RESET;
            case PROTOCOL -> Problem.UPSTREAM_PROTOCOL;
            case TIMEOUT -> Problem.UPSTREAM_TIMEOUT;
        };
    }

    // Again.

    private boolean retryable(PoolFailure failure) {
        var on = settings.retry().on();
        return switch (failure) {
            case CONNECT -> on.contains(RetryOn.CONNECT_ERROR);
            case RESET -> on.contains(RetryOn.RESET_BEFORE_RESPONSE);
            case TIMEOUT -> on.contains(RetryOn.GATEWAY_TIMEOUT);
            case TLS, EXHAUSTED, BROKEN, PROTOCOL -> false;
        };
    }

    private boolean retryable(int code) {
        var on = settings.retry().on();
        return switch (code) {
            case 502 -> on.contains(RetryOn.BAD_GATEWAY);
            case 503 -> on.contains(RetryOn.SERVICE_UNAVAILABLE);
            case 504 -> on.contains(RetryOn.GATEWAY_TIMEOUT);
            default -> false;
        };
    }

    private boolean mayRepeat() {
        var method = request.method();
        return attempts < settings.retry().attempts()
                && settings.retry().methods().contains(method)
                && (!method.equals("POST") && !method.equals("PATCH")
                        || request.headers().contains("Idempotency-Key"));
    }

    private boolean mayRepeatNow() {
        return mayRepeat()
                && body.replayable()
                && services.ticker().nanos() + pause() - way.by() < 0
                && route.backend().budget().take();
    }

    private long pause() {
        if (pause == 0) {
            var backoff = settings.retry().backoff();
            var spread = (int) Math.max(1, backoff.most().minus(backoff.least()).toNanos() / 1000);
            pause = Math.max(1, backoff.least().toNanos() + ids.below(spread) * 1000L);
        }
        return pause;
    }

    private void again() {
        var wait = pause();
        pause = 0;
        loop.schedule(
                () -> {
                    if (!over) {
                        attempt();
                    }
                },
                wait,
                TimeUnit.NANOSECONDS);
    }

    // Twice.

    private void awaitHedge() {
        var second = settings.hedge();
        if (second != null
                && hedge == null
                && hedges < second.max()
                && second.methods().contains(request.method())) {
            hedge = loop.schedule(this::hedge, second.after().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Only a request that is whole can be sent twice, and only elsewhere is it of use. */
    private void hedge() {
        hedge = null;
        if (over || answering != null || open.size() != 1 || !body.whole() || !body.replayable()) {
            return;
        }
        if (route.backend().hasOther(tried) && route.backend().budget().take()) {
            hedges++;
            sent();
        }
    }

    private void cancelHedge() {
        if (hedge != null) {
            hedge.cancel(false);
            hedge = null;
        }
    }

    /** Nothing more is wanted of the upstream. */
    void cancel() {
        over = true;
        cancelHedge();
        for (var attempt : List.copyOf(open)) {
            drop(attempt);
        }
    }

    // What is to be told of it.

    int attempts() {
        return attempts;
    }

    /** The server that answered, or was asked last; empty where none was. */
    String target() {
        return lastTarget;
    }

    /** How long the upstream took up to the head of its answer; zero where there is none. */
    Duration waited() {
        return headAt == 0 ? Duration.ZERO : Duration.ofNanos(headAt - sentAt);
    }

    /** From that time of the ticker to the head of the answer. */
    Duration headAfter(long startNanos) {
        return Duration.ofNanos(headAt - startNanos);
    }

    boolean answered() {
        return headAt != 0;
    }
}
