package io.triport.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditOutcome;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.EmailAddress;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.Principal;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Charge;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.domain.storage.StorageFailure;
import io.triport.gateway.audit.AuditQueue;
import io.triport.gateway.config.CorsSettings;
import io.triport.gateway.config.UpstreamSettings.RetryOn;
import io.triport.gateway.pool.Answer;
import io.triport.gateway.pool.PoolFailure;
import io.triport.gateway.pool.UpstreamStream;
import io.triport.gateway.route.HostName;
import io.triport.gateway.route.RequestPath;
import io.triport.gateway.route.RouteQuery;
import io.triport.gateway.route.Routes;
import io.triport.gateway.upstream.Breaker;
import io.triport.identity.edge.Layer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request, from its head to the last byte of its answer. Confined to the event loop of its connection. */
final class Exchange implements Answer, RouteQuery {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    /*
     * Who owns what
     *
     * A piece of the request's body is held here until a stream takes it, and a second time while it may have to be sent
     * again. A piece of the answer goes straight to the client. Whatever is held when the exchange ends is let go.
     *
     * Back-pressure
     *
     * The client is read from only while the stream takes more, the stream only while the client does. Once the request is
     * whole the client is read from for one thing alone: to hear that it has gone.
     */
    private static final int REPLAYED_BYTES = 64 * 1024;
    private static final int MOST_SIGNED_BYTES = 1024 * 1024;
    /** Nobody gets this status; it is what the log says of a request whose client has gone. */
    private static final int CLIENT_GONE = 499;

    private static final int LONGEST_AGENT = 200;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int AUDIT_PATIENCE_SECONDS = 1;

    private final ProxyHandler client;
    private final Site site;
    private final Services services;
    private final Ids ids;
    private final HttpRequest request;
    private final HttpHeaders headers;
    private final long started;
    private final InetAddress address;
    private final boolean trusted;
    private final boolean foreignId;
    private final RequestId id;
    private final String agent;
    private final String authority;
    private final String host;
    private final String origin;
    private final boolean oldClient;
    private final Queue<HttpContent> early = new ArrayDeque<>(2);
    private final List<HttpContent> replay = new ArrayList<>(0);
    private final Set<Server> tried = new HashSet<>(2);

    private RawTarget target = new RawTarget("/", "");
    private @Nullable RequestPath path;
    private @Nullable SiteRoute route;
    private @Nullable Fetch fetch;
    private @Nullable Grant grant;
    private @Nullable UpstreamStream stream;
    private @Nullable Server server;
    private Breaker.@Nullable Passage passage;
    private @Nullable String backendPath;
    private AuditQueue.@Nullable Ticket ticket;
    private Runnable withdraw = () -> {};
    private @Nullable Problem refused;
    private String refusedFor = "";
    private @Nullable Tunnel tunnel;
    private @Nullable Admission admission;
    private boolean upgrade;
    private boolean requestWhole;
    private boolean answerBegun;
    private boolean over;
    private boolean gone;
    private String trace = "";
    private String lastTarget = "";
    private boolean collecting;
    private boolean continueOwed;
    private boolean replayable = true;
    private boolean begun;
    private boolean lastSent;
    private int attempts;
    private int replayed;
    private int status;
    private long bytesIn;
    private long bytesOut;
    private long sentAt;
    private long headAt;

    Exchange(ProxyHandler client, Site site, Services services, Ids ids, HttpRequest request) {
        this.client = client;
        this.site = site;
        this.services = services;
        this.ids = ids;
        this.request = request instanceof FullHttpRequest
                ? new DefaultHttpRequest(request.protocolVersion(), request.method(), request.uri(), request.headers())
                : request;
        this.headers = request.headers();
        this.started = services.ticker().nanos();
        var peer = client.peer();
        this.trusted = site.clients().trusts(peer);
        this.address = trusted ? site.clients().of(peer, headers) : peer;
        this.foreignId = trusted && given(headers);
        this.id = foreignId ? new RequestId(headers.get("X-Request-ID")) : ids.request();
        this.agent = headers.get(HttpHeaderNames.USER_AGENT, "");
        this.authority = headers.get(HttpHeaderNames.HOST, "");
        this.host = HostName.of(authority);
        this.origin = headers.get(HttpHeaderNames.ORIGIN, "");
        this.oldClient = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    private static boolean given(HttpHeaders headers) {
        var ids = headers.getAll("X-Request-ID");
        return ids.size() == 1 && ids.getFirst().length() >= 8 && RequestId.valid(ids.getFirst());
    }

    // Before identity.

    /** When the head is there, and what came with it. The record of the request has a place before anything is done. */
    private void begin() {
        begun = true;
        ticket = services.audit().reserve().orElse(null);
        if (ticket == null) {
            waitForPlace();
        } else {
            look();
        }
    }

    private void waitForPlace() {
        var late = client.loop().schedule(this::noPlace, AUDIT_PATIENCE_SECONDS, TimeUnit.SECONDS);
        withdraw = services.audit()
                .whenRoom(() -> client.loop().execute(() -> {
                    if (over || ticket != null) {
                        return;
                    }
                    late.cancel(false);
                    ticket = services.audit().reserve().orElse(null);
                    if (ticket == null) {
                        noPlace();
                    } else {
                        look();
                    }
                }));
    }

    private void noPlace() {
        if (!over && ticket == null) {
            withdraw.run();
            refuse(Problem.AUDIT_BACKPRESSURE, response -> retryAfter(response, Duration.ofSeconds(1)));
        }
    }

    private void look() {
        var text = originForm(request.uri());
        var question = text.indexOf('?');
        var found = RequestPath.read(question < 0 ? text : text.substring(0, question));
        if (found.isEmpty() || text.indexOf('#') >= 0) {
            bind();
            refuse(Problem.BAD_PATH);
            return;
        }
        path = found.get();
        target = new RawTarget(
                path.raw(), question < 0 || question == text.length() - 1 ? "" : text.substring(question));
        bind();
        if (!soundHead()) {
            refuse(Problem.BAD_HEADER);
            return;
        }
        switch (site.routes().find(this)) {
            case Routes.Match.Found<SiteRoute>(var taken) -> routed(taken);
            case Routes.Match.OtherMethod<SiteRoute>(var allowed) -> {
                if (!preflight()) {
                    refuse(Problem.METHOD_NOT_ALLOWED, response -> response.set("Allow", String.join(", ", allowed)));
                }
            }
            case Routes.Match.None<SiteRoute> none -> {
                if (!preflight()) {
                    refuse(Problem.NO_ROUTE);
                }
            }
        }
    }

    private boolean soundHead() {
        var te = headers.get(HttpHeaderNames.TE);
        return te == null || te.equalsIgnoreCase("trailers");
    }

    private void routed(SiteRoute taken) {
        route = taken;
        if (preflight()) {
            return;
        }
        upgrade = headers.contains(HttpHeaderNames.UPGRADE);
        if (upgrade && !mayUpgrade(taken)) {
            return;
        }
        if (!taken.open(address)) {
            refuse(Problem.IP_DENIED);
            return;
        }
        var wait = services.failures().wait(address);
        if (wait.isPositive()) {
            services.log().limited(id, "rejected-credentials");
            refuse(Problem.TOO_MANY_FAILURES, response -> retryAfter(response, wait));
            return;
        }
        continueOwed = headers.contains(HttpHeaderNames.EXPECT);
        if (taken.signsBody()) {
            collect(taken);
        } else {
            judge(taken);
        }
    }

    /** Whether a WebSocket may be opened on the route, from the page that wants it. Refuses otherwise. */
    private boolean mayUpgrade(SiteRoute taken) {
        var cors = taken.settings().cors();
        if (!taken.settings().webSocket() || cors == null) {
            refuse(Problem.UPGRADE_NOT_ALLOWED);
            return false;
        }
        if (!request.method().equals(HttpMethod.GET)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                || !header("sec-websocket-version").equals("13")
                || header("sec-websocket-key").isEmpty()) {
            refuse(Problem.BAD_REQUEST);
            return false;
        }
        if (!origin.isEmpty() && !cors.allows(origin)) {
            refuse(Problem.CORS_DENIED);
            return false;
        }
        return true;
    }

    /** A mechanism that signs the body has to see all of it. */
    private void collect(SiteRoute taken) {
        var length = declaredLength();
        if (length > MOST_SIGNED_BYTES) {
            refuse(Problem.BODY_TOO_LARGE);
            return;
        }
        if (requestWhole) {
            collected(taken);
            return;
        }
        collecting = true;
        allowBody();
        client.readMore();
    }

    private void collected(SiteRoute taken) {
        collecting = false;
        var body = Unpooled.buffer((int) bytesIn);
        for (var piece : early) {
            body.writeBytes(
                    piece.content(),
                    piece.content().readerIndex(),
                    piece.content().readableBytes());
        }
        var bytes = Bytes.from(body.nioBuffer());
        fetch = services.binder().bind(id, request, target, new Peer(address, client.security(), client.peer()), bytes);
        judge(taken);
    }

    // Identity.

    private void judge(SiteRoute taken) {
        var shown = bound();
        if (site.gate().quick(shown, taken.policy())) {
            decided(taken, site.gate().admit(shown, taken.policy()));
            return;
        }
        try {
            services.judging().execute(() -> {
                try {
                    var decision = site.gate().admit(shown, taken.policy());
                    client.loop().execute(() -> decidedLater(taken, decision));
                } catch (RuntimeException e) {
                    // Nobody else would answer: what a pool's thread throws is seen by no handler of the connection.
                    LOG.error("identity could not be judged", e);
                    client.loop().execute(this::notJudged);
                }
            });
        } catch (RejectedExecutionException e) {
            refuse(Problem.IDENTITY_UNAVAILABLE, response -> retryAfter(response, Duration.ofSeconds(1)));
        }
    }

    private void notJudged() {
        if (!over) {
            refuse(Problem.INTERNAL);
        }
    }

    private void decidedLater(SiteRoute taken, Decision decision) {
        if (!over) {
            decided(taken, decision);
        } else if (decision instanceof Decision.Admitted admitted) {
            admitted.grant().close();
        }
    }

    private void decided(SiteRoute taken, Decision decision) {
        switch (decision) {
            case Decision.Admitted admitted -> {
                grant = admitted.grant();
                if (taken.admits(admitted.grant().principal(), address)) {
                    limit(taken, admitted.grant());
                } else {
                    refuse(Problem.POLICY_DENIED);
                }
            }
            case Decision.Refused refused -> {
                var reason = refused.refusal().reason();
                if (reason.badCredential()) {
                    services.failures().failed(address);
                }
                var problem = Problem.of(reason);
                refusedFor = reason.text();
                refuse(problem, response -> {
                    if (problem.status() == 401) {
                        challenge(response, taken, problem);
                    }
                    if (refused.refusal().retryAfter().isPositive()) {
                        retryAfter(response, refused.refusal().retryAfter());
                    }
                });
            }
        }
    }

    private static void challenge(HttpHeaders response, SiteRoute taken, Problem problem) {
        for (var challenge : taken.challenges()) {
            response.add(
                    HttpHeaderNames.WWW_AUTHENTICATE,
                    problem == Problem.NO_CREDENTIALS || !challenge.startsWith("Bearer")
                            ? challenge
                            : challenge + ", error=\"invalid_token\"");
        }
    }

    private void limit(SiteRoute taken, Grant admitted) {
        if (taken.limits().isEmpty()) {
            limited(taken, admitted);
            return;
        }
        var charges = charges(taken, admitted);
        try {
            var now = services.limiter().takeNow(charges);
            if (now.isPresent()) {
                counted(taken, admitted, now.get());
            } else {
                services.judging().execute(() -> takeLater(taken, admitted, charges));
            }
        } catch (StorageFailure | RejectedExecutionException e) {
            refuse(Problem.LIMITER_UNAVAILABLE, response -> retryAfter(response, Duration.ofSeconds(1)));
        }
    }

    private List<Charge> charges(SiteRoute taken, Grant admitted) {
        var charges = new ArrayList<Charge>(taken.limits().size());
        for (var limit : taken.limits()) {
            var owner = LimitKey.of(limit, taken.settings().id(), admitted.principal(), this);
            charges.add(limit.charge(
                    owner, limit.cost().of(name -> Optional.of(header(name)).filter(value -> !value.isEmpty()))));
        }
        return charges;
    }

    private void takeLater(SiteRoute taken, Grant admitted, List<Charge> charges) {
        try {
            var admission = services.limiter().take(charges);
            client.loop().execute(() -> {
                if (!over) {
                    counted(taken, admitted, admission);
                }
            });
        } catch (StorageFailure e) {
            client.loop().execute(() -> {
                if (!over) {
                    refuse(Problem.LIMITER_UNAVAILABLE, response -> retryAfter(response, Duration.ofSeconds(1)));
                }
            });
        }
    }

    private void counted(SiteRoute taken, Grant admitted, Admission counted) {
        admission = counted;
        switch (counted) {
            case Admission.Taken room -> limited(taken, admitted);
            case Admission.Exhausted exhausted -> {
                services.log().limited(id, "rate-limit");
                refuse(Problem.RATE_LIMITED, response -> retryAfter(response, exhausted.retryAfter()));
            }
        }
    }

    private void limited(SiteRoute taken, Grant admitted) {
        if (Math.max(declaredLength(), bytesIn) > taken.settings().bodyLimit().bytes()) {
            refuse(Problem.BODY_TOO_LARGE);
            return;
        }
        prepare(taken, admitted);
    }

    // Towards the upstream.

    private void prepare(SiteRoute taken, Grant admitted) {
        var settings = taken.settings();
        var rewritten = settings.rewrite().apply(knownPath());
        if (rewritten.isEmpty()) {
            refuse(Problem.BAD_PATH);
            return;
        }
        backendPath = rewritten;
        var way = new RequestHead.Way(
                client.peer(),
                trusted,
                client.security() instanceof TransportSecurity.Plain ? "http" : "https",
                authority,
                id.text());
        RequestHead.strip(
                headers, settings, taken.fields(), way, site.front().limits().strictHeaderNames());
        RequestHead.cutCookies(headers, taken.cookies());
        RequestHead.way(headers, way);
        trace = RequestHead.trace(headers, ids);
        if (!RequestHead.identity(headers, settings.forwarding(), admitted.principal())) {
            refuse(Problem.IDENTITY_UNFORWARDABLE);
            return;
        }
        if (upgrade) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
            headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        }
        settings.request().remove().forEach(headers::remove);
        settings.request().set().forEach(headers::set);
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
        taken.backend().budget().requested();
        attempt(taken);
    }

    private void attempt(SiteRoute taken) {
        var chosen = taken.backend().choose(balanceKey(taken), tried);
        var entered = chosen.flatMap(each -> each.breaker().enter());
        if (chosen.isEmpty() || entered.isEmpty()) {
            refuse(
                    Problem.CIRCUIT_OPEN,
                    response -> retryAfter(response, taken.backend().retryAfter()));
            return;
        }
        server = chosen.get();
        passage = entered.get();
        server.began();
        tried.add(server);
        lastTarget = server.target().address().toString();
        attempts++;
        server.target().acquire(client.loop(), this, deadline(taken));
    }

    private long deadline(SiteRoute taken) {
        return started + taken.backend().settings().timeout().total().toNanos();
    }

    private String balanceKey(SiteRoute taken) {
        var on = taken.backend().settings().hash();
        if (on.equals("ip")) {
            return address.getHostAddress();
        }
        if (on.startsWith("header:")) {
            return headers.get(on.substring("header:".length()), "");
        }
        return grant == null ? "" : grant.principal().id().unique();
    }

    @Override
    public void ready(UpstreamStream given) {
        if (over || route == null || server == null) {
            given.cancel();
            return;
        }
        stream = given;
        sentAt = services.ticker().nanos();
        var address = server.target().address();
        request.setUri(address.basePath() + backendPath + target.search());
        headers.set(
                HttpHeaderNames.HOST,
                route.settings().forwarding().host() && !authority.isEmpty() ? authority : address.authority());
        if (attempts > 1) {
            headers.set("X-Retry-Count", attempts - 1);
        }
        var perTry = sentAt + route.backend().settings().retry().perTry().toNanos();
        given.headBy(Math.min(deadline(route), perTry));
        var lastBefore = lastSent;
        given.write(request);
        for (var piece : replay) {
            given.write(piece.retainedDuplicate());
        }
        for (var piece = early.poll(); piece != null; piece = early.poll()) {
            send(given, piece);
        }
        if (lastBefore) {
            given.write(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        given.flush();
        allowBody();
        wantBody();
    }

    /** Hands a piece on, and keeps it while the request may have to be sent again. */
    private void send(UpstreamStream to, HttpContent piece) {
        var size = piece.content().readableBytes();
        if (size > 0 && replayable) {
            replayed += size;
            if (replayed <= REPLAYED_BYTES && mayRepeat()) {
                replay.add(
                        piece instanceof LastHttpContent
                                ? new io.netty.handler.codec.http.DefaultHttpContent(
                                        piece.content().retainedDuplicate())
                                : piece.retainedDuplicate());
            } else {
                replayable = false;
                forgetReplay();
            }
        }
        lastSent |= piece instanceof LastHttpContent;
        to.write(piece);
    }

    private boolean mayRepeat() {
        return route != null && attempts < route.backend().settings().retry().attempts() && repeatable(route);
    }

    private boolean repeatable(SiteRoute taken) {
        var method = request.method().name();
        return taken.backend().settings().retry().methods().contains(method)
                && (!method.equals("POST") && !method.equals("PATCH") || headers.contains("Idempotency-Key"));
    }

    private void allowBody() {
        if (continueOwed) {
            continueOwed = false;
            if (!requestWhole) {
                client.write(new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
                client.flush();
            }
        }
    }

    // What the client sends.

    void body(HttpContent piece) {
        var size = piece.content().readableBytes();
        bytesIn += size;
        var last = piece instanceof LastHttpContent;
        requestWhole |= last;
        if (over) {
            piece.release();
            return;
        }
        if (route != null && size > 0 && bytesIn > bodyBound(route)) {
            piece.release();
            tooLarge();
            return;
        }
        var plain = piece instanceof FullHttpRequest whole ? new DefaultLastHttpContent(whole.content()) : piece;
        if (stream == null || collecting) {
            early.add(plain);
            if (collecting && last && route != null) {
                collected(route);
            } else if (last && !begun) {
                begin();
            }
        } else {
            send(stream, plain);
        }
    }

    private long bodyBound(SiteRoute taken) {
        var bound = taken.settings().bodyLimit().bytes();
        return taken.signsBody() ? Math.min(bound, MOST_SIGNED_BYTES) : bound;
    }

    /** The upstream must not take what it has for the whole. */
    private void tooLarge() {
        dropStream();
        if (answerBegun) {
            fail(Problem.BODY_TOO_LARGE);
        } else {
            refuse(Problem.BODY_TOO_LARGE);
        }
    }

    void tunnelled(Object message) {
        if (tunnel != null && message instanceof ByteBuf bytes) {
            tunnel.fromClient(bytes);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    void clientReadComplete() {
        if (!begun) {
            begin();
        } else if (collecting) {
            client.readMore();
        } else if (stream != null) {
            stream.flush();
            wantBody();
        }
    }

    /** Reads on while the stream takes more; and when all is there, to hear that the client has gone. */
    private void wantBody() {
        if (stream == null || requestWhole && tunnel == null || stream.writable()) {
            client.readMore();
        }
    }

    void clientWritable() {
        if (stream != null && answerBegun && client.writable()) {
            stream.read();
        }
    }

    void clientGone() {
        if (!over) {
            dropStream();
            gone = true;
            end(tunnel == null ? CLIENT_GONE : status, () -> {}, () -> {});
        }
    }

    // What the upstream answers.

    @Override
    public void head(HttpResponse response) {
        if (over || route == null) {
            return;
        }
        headAt = services.ticker().nanos();
        var code = response.status().code();
        outcome(code);
        if (retries(code)) {
            dropStream();
            again(route);
            return;
        }
        forgetReplay();
        answerBegun = true;
        status = code;
        if (code == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            switched(response);
            return;
        }
        ResponseHead.rewrite(response, request.method(), oldClient, route.settings(), origin);
        ours(response.headers());
        if (!requestWhole) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        client.write(response);
    }

    @Override
    public void content(HttpContent content) {
        if (over) {
            content.release();
            return;
        }
        if (tunnel != null) {
            tunnel.fromUpstream(content.content());
            return;
        }
        bytesOut += content.content().readableBytes();
        if (content instanceof LastHttpContent) {
            stream = null;
            end(
                    status,
                    () -> {
                        client.write(content);
                        client.flush();
                    },
                    content::release);
        } else {
            client.write(content);
        }
    }

    @Override
    public void readComplete() {
        if (stream == null) {
            return;
        }
        client.flush();
        if (client.writable()) {
            stream.read();
        } else {
            stream.pause();
        }
    }

    /** The upstream agrees to the change of protocol, if it was asked for. */
    private void switched(HttpResponse response) {
        if (!upgrade || stream == null || grant == null || route == null) {
            dropStream();
            answerBegun = false;
            refuse(Problem.UPSTREAM_PROTOCOL);
            return;
        }
        var answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        answer.headers().set(response.headers());
        ResponseHead.rewrite(answer, request.method(), oldClient, route.settings(), origin);
        answer.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        answer.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        ours(answer.headers());
        var taken = route;
        stream.becomeTunnel();
        tunnel = new Tunnel(client, stream, services, grant.validUntil(), refused -> recheck(taken, bound(), refused));
        client.write(answer);
        client.flush();
        client.becomeTunnel();
    }

    /** Whether the credential would still be admitted; one that is good for a single request is not asked again. */
    private void recheck(SiteRoute taken, Fetch shown, Runnable refused) {
        if (taken.onceOnly()) {
            return;
        }
        try {
            services.judging().execute(() -> {
                if (site.gate().admit(shown, taken.policy()) instanceof Decision.Admitted(var again)) {
                    again.close();
                    if (taken.admits(again.principal(), address)) {
                        return;
                    }
                }
                client.loop().execute(refused);
            });
        } catch (RejectedExecutionException e) {
            services.log().limited(id, "verifications");
        }
    }

    @Override
    public void writable() {
        if (tunnel != null || !requestWhole) {
            wantBody();
        }
    }

    @Override
    public void failed(PoolFailure failure) {
        stream = null;
        if (over || route == null) {
            return;
        }
        if (passage != null) {
            if (failure == PoolFailure.EXHAUSTED) {
                passage.cancelled();
            } else {
                passage.failed();
            }
        }
        left();
        var problem = problem(failure);
        if (tunnel != null) {
            end(status, client::abort, () -> {});
        } else if (answerBegun) {
            fail(problem);
        } else if (mayTryAgain(failure)) {
            again(route);
        } else {
            refuse(problem, response -> {
                if (problem.status() == 503) {
                    retryAfter(response, Duration.ofSeconds(1));
                }
            });
        }
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

    private boolean mayTryAgain(PoolFailure failure) {
        if (route == null) {
            return false;
        }
        var on = route.backend().settings().retry().on();
        var listed = switch (failure) {
            case CONNECT -> on.contains(RetryOn.CONNECT_ERROR);
            case RESET -> on.contains(RetryOn.RESET_BEFORE_RESPONSE);
            case TLS, EXHAUSTED, BROKEN, PROTOCOL, TIMEOUT -> false;
        };
        return listed && mayRepeatNow(route);
    }

    private boolean retries(int code) {
        if (route == null) {
            return false;
        }
        var on = route.backend().settings().retry().on();
        var listed = switch (code) {
            case 502 -> on.contains(RetryOn.BAD_GATEWAY);
            case 503 -> on.contains(RetryOn.SERVICE_UNAVAILABLE);
            case 504 -> on.contains(RetryOn.GATEWAY_TIMEOUT);
            default -> false;
        };
        return listed && mayRepeatNow(route);
    }

    private boolean mayRepeatNow(SiteRoute taken) {
        return attempts < taken.backend().settings().retry().attempts()
                && repeatable(taken)
                && replayable
                && services.ticker().nanos() - deadline(taken) < 0
                && taken.backend().budget().take();
    }

    private void again(SiteRoute taken) {
        var backoff = taken.backend().settings().retry().backoff();
        var spread = (int) Math.max(1, backoff.most().minus(backoff.least()).toNanos() / 1000);
        var wait = backoff.least().toNanos() + ids.below(spread) * 1000L;
        client.loop()
                .schedule(
                        () -> {
                            if (!over) {
                                attempt(taken);
                            }
                        },
                        wait,
                        TimeUnit.NANOSECONDS);
    }

    private void outcome(int code) {
        if (passage == null || route == null) {
            return;
        }
        var counts = code == 500 && route.backend().settings().breaker().countServerErrors();
        if (code == 502 || code == 503 || code == 504 || counts) {
            passage.failed();
        } else {
            passage.succeeded();
        }
    }

    private void left() {
        if (server != null) {
            server.ended();
            server = null;
        }
        passage = null;
    }

    private void dropStream() {
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
        if (passage != null) {
            passage.cancelled();
        }
        left();
    }

    // Answers of our own, and the end.

    /** Adds to the head of an answer. */
    private interface Fields {
        void add(HttpHeaders response);
    }

    private void refuse(Problem problem) {
        refuse(problem, response -> {});
    }

    private void refuse(Problem problem, Fields fields) {
        dropStream();
        refused = problem;
        var told = site.terse() ? problem.terse() : problem;
        var page = site.page().body(told, target.path(), id.text());
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.status()),
                request.method().equals(HttpMethod.HEAD)
                        ? Unpooled.EMPTY_BUFFER
                        : Unpooled.wrappedBuffer(page.toByteBuffer()));
        var head = response.headers();
        head.set(HttpHeaderNames.CONTENT_TYPE, site.page().contentType());
        head.set(HttpHeaderNames.CONTENT_LENGTH, page.size());
        head.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        head.set(Layer.HEADER, problem.layer().text());
        fields.add(head);
        if (route != null && route.settings().cors() != null) {
            if (problem == Problem.CORS_DENIED) {
                Cors.vary(head);
            } else {
                Cors.grant(head, route.settings().cors(), origin);
            }
        }
        reply(response, page.size());
    }

    private void reply(FullHttpResponse response, int size) {
        answerBegun = true;
        ours(response.headers());
        if (!requestWhole) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        bytesOut = size;
        end(
                response.status().code(),
                () -> {
                    client.write(response);
                    client.flush();
                },
                response::release);
    }

    /** After the head of an answer nothing can be said any more but that it is not whole. */
    private void fail(Problem problem) {
        refused = problem;
        end(problem.status(), client::abort, () -> {});
    }

    private void ours(HttpHeaders response) {
        response.set("X-Request-ID", id.text());
        if (admission != null && route != null) {
            LimitFields.set(response, route.limits(), admission, services.clock());
        }
        var now = services.ticker().nanos();
        var up = headAt == 0 ? 0 : headAt - sentAt;
        response.set("Server-Timing", timing(now - started - up, headAt == 0 ? -1 : up));
        if (site.front().compat().responseTime()) {
            response.set("X-Response-Time", Math.round((now - started) / NANOS_PER_MILLI) + "ms");
        }
        if (site.front().securityHeaders()) {
            response.set("X-Content-Type-Options", "nosniff");
            if (!client.security().equals(TransportSecurity.PLAIN)) {
                response.set("Strict-Transport-Security", "max-age=31536000");
            }
        }
    }

    private static String timing(long own, long upstream) {
        var text = new StringBuilder(40).append("gw;dur=");
        tenths(text, own);
        if (upstream >= 0) {
            tenths(text.append(", up;dur="), upstream);
        }
        return text.toString();
    }

    private static void tenths(StringBuilder text, long nanos) {
        var tenths = Math.round(nanos / (NANOS_PER_MILLI / 10));
        text.append(tenths / 10).append('.').append(tenths % 10);
    }

    private static void retryAfter(HttpHeaders response, Duration wait) {
        response.set(
                HttpHeaderNames.RETRY_AFTER,
                Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
    }

    /**
     * Once: what was held is let go, and it is written down.
     *
     * @param last sends what ends the answer
     * @param otherwise lets it go when the client does not wait any more
     */
    private void end(int finalStatus, Runnable last, Runnable otherwise) {
        if (over) {
            return;
        }
        over = true;
        status = finalStatus;
        if (tunnel != null) {
            tunnel.over();
            bytesIn += tunnel.fromClientBytes();
            bytesOut += tunnel.fromUpstreamBytes();
        }
        left();
        for (var piece = early.poll(); piece != null; piece = early.poll()) {
            piece.release();
        }
        forgetReplay();
        if (grant != null) {
            grant.close();
        }
        var took = Duration.ofNanos(services.ticker().nanos() - started);
        services.log().answered(id, finalStatus, bytesOut, took);
        var written = ticket;
        if (written == null) {
            withdraw.run();
            services.audit().offer(record(finalStatus, took));
            leave(last);
        } else {
            written.put(record(finalStatus, took), () -> recorded(last, otherwise));
        }
    }

    /** At once as a rule; from another thread, and later, where records must be on disk first. */
    private void recorded(Runnable last, Runnable otherwise) {
        if (client.loop().inEventLoop()) {
            leave(last);
        } else {
            client.loop().execute(() -> {
                if (client.open()) {
                    leave(last);
                } else {
                    otherwise.run();
                }
            });
        }
    }

    private void leave(Runnable last) {
        client.over(this);
        last.run();
    }

    private AuditRecord record(int finalStatus, Duration took) {
        var facts = AuditRecord.builder(
                        foreignId ? ids.request().text() : id.text(),
                        services.clock().instant().minus(took))
                .text(AuditColumn.METHOD, request.method().name())
                .text(AuditColumn.PATH, services.auditSettings().path(target.toString()))
                .number(AuditColumn.STATUS, finalStatus)
                .number(AuditColumn.DURATION_MS, took.toMillis())
                .text(AuditColumn.IP, address.getHostAddress())
                .text(AuditColumn.USER_AGENT, agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)))
                .number(AuditColumn.ATTEMPTS, attempts)
                .number(AuditColumn.BYTES_IN, bytesIn)
                .number(AuditColumn.BYTES_OUT, bytesOut)
                .text(AuditColumn.HOST, host)
                .text(AuditColumn.PROTOCOL, oldClient ? "HTTP/1.0" : "HTTP/1.1")
                .text(AuditColumn.TLS_VERSION, client.tlsVersion())
                .text(AuditColumn.TRACE_ID, trace.isEmpty() ? "" : trace.substring(3, 35))
                .text(AuditColumn.NODE, services.node())
                .text(AuditColumn.PEER_IP, client.peer().getHostAddress())
                .text(AuditColumn.CONFIG_HASH, site.hash())
                .text(AuditColumn.USER_ID, "anonymous")
                .outcome(fate());
        if (refused != null) {
            facts.text(AuditColumn.REASON, refusedFor.isEmpty() ? refused.code() : refusedFor);
        }
        if (route != null) {
            facts.text(AuditColumn.ROUTE_ID, route.settings().id());
        }
        if (route != null && attempts > 0) {
            facts.text(AuditColumn.UPSTREAM, route.settings().upstream()).text(AuditColumn.TARGET, lastTarget);
        }
        if (headAt != 0) {
            facts.number(
                    AuditColumn.UPSTREAM_MS, Duration.ofNanos(headAt - sentAt).toMillis());
        }
        if (grant != null && grant.principal().kind() != Principal.Kind.ANONYMOUS) {
            tell(facts, grant.principal());
        }
        return facts.build();
    }

    private static void tell(AuditRecord.Builder facts, Principal principal) {
        facts.text(AuditColumn.USER_ID, principal.subject().text())
                .text(AuditColumn.MECHANISM, principal.mechanism().text())
                .text(AuditColumn.ISSUER, principal.issuer().text())
                .text(AuditColumn.SUBJECT, principal.subject().text())
                .text(
                        AuditColumn.EMAIL,
                        principal.claims().email().map(EmailAddress::text).orElse(""))
                .text(AuditColumn.CREDENTIAL_ID, principal.credential().text());
    }

    private AuditOutcome fate() {
        if (refused == null) {
            return gone && tunnel == null ? AuditOutcome.BROKEN : AuditOutcome.ALLOWED;
        }
        return switch (refused.status()) {
            case 401 -> AuditOutcome.REJECTED;
            case 403 -> AuditOutcome.DENIED;
            case 429 -> AuditOutcome.LIMITED;
            case 500, 502, 503, 504 -> AuditOutcome.FAILED;
            default -> AuditOutcome.BROKEN;
        };
    }

    private void forgetReplay() {
        for (var piece : replay) {
            piece.release();
        }
        replay.clear();
    }

    /** Answers a browser's question before a request of another origin; no credential comes with it. */
    private boolean preflight() {
        var wanted = headers.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        if (!request.method().equals(HttpMethod.OPTIONS)
                || wanted == null
                || !headers.contains(HttpHeaderNames.ORIGIN)) {
            return false;
        }
        for (var candidate : site.routes().atPath(host, path())) {
            var cors = candidate.settings().cors();
            if (candidate.settings().match().takes(wanted) && cors != null) {
                route = candidate;
                preflight(cors, wanted);
                return true;
            }
        }
        return false;
    }

    private void preflight(CorsSettings cors, String wanted) {
        var fields = String.join(",", headers.getAll(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS));
        if (!Cors.allows(cors, origin, wanted, fields)) {
            refuse(Problem.CORS_DENIED);
            return;
        }
        var response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        Cors.preflight(response.headers(), cors, origin, wanted);
        reply(response, 0);
    }

    private void bind() {
        fetch = services.binder()
                .bind(id, request, target, new Peer(address, client.security(), client.peer()), Bytes.EMPTY);
        services.log().received(fetch, Math.max(0, declaredLength()));
    }

    private Fetch bound() {
        if (fetch == null) {
            throw new IllegalStateException("not bound");
        }
        return fetch;
    }

    private RequestPath knownPath() {
        if (path == null) {
            throw new IllegalStateException("no path");
        }
        return path;
    }

    private long declaredLength() {
        var text = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return text == null ? -1 : Long.parseLong(text);
    }

    /** The absolute form names the authority of the Host field, which the guards have seen to. */
    private static String originForm(String uri) {
        if (uri.startsWith("/")) {
            return uri;
        }
        var authority = uri.indexOf("://");
        if (authority < 0) {
            return uri;
        }
        for (var at = authority + 3; at < uri.length(); at++) {
            if (uri.charAt(at) == '/') {
                return uri.substring(at);
            }
            if (uri.charAt(at) == '?') {
                return "/" + uri.substring(at);
            }
        }
        return "/";
    }

    // What routes ask.

    @Override
    public String host() {
        return host;
    }

    @Override
    public String path() {
        return knownPath().decoded();
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String header(String name) {
        var values = headers.getAll(name);
        return values.size() == 1 ? values.getFirst() : "";
    }

    InetAddress address() {
        return address;
    }

    @Override
    public String toString() {
        return "Exchange[" + id + " " + request.method().name().toLowerCase(Locale.ROOT) + "]";
    }
}
