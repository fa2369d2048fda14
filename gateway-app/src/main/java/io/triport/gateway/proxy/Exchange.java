package io.triport.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.ByteSize;
import io.triport.gateway.pool.UpstreamStream;
import io.triport.gateway.problem.Problem;
import io.triport.identity.edge.BodyBudget;
import io.triport.identity.page.PageAnswer;
import io.triport.identity.trace.RequestTrace;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request, from its head to the last byte of its answer. Confined to the event loop of its connection. */
final class Exchange implements Entrance.Visitor, Delivery.Receiver {
    /*
     * Back-pressure
     *
     * The client is read from only while the stream takes more, the stream only while the client does. Once the request is
     * whole the client is read from for one thing alone: to hear that it has gone.
     */
    /** Nobody gets this status; it is what the log says of a request whose client has gone. */
    private static final int CLIENT_GONE = 499;

    private final ProxyHandler client;
    private final Site site;
    private final Services services;
    private final Ids ids;
    private final long started;
    private final RequestTrace spans;
    private final ClientRequest request;
    private final RequestBody body = new RequestBody();
    private final AuditPlace place;
    private final Entrance entrance;
    private final AnswerFields own;

    private @Nullable Delivery delivery;
    private @Nullable Tunnel tunnel;
    private @Nullable Runnable whenWhole;
    private @Nullable Problem refused;
    private BodyBudget.@Nullable Share held;
    private boolean begun;
    private boolean continueOwed;
    private boolean answerBegun;
    private boolean over;
    private boolean gone;
    private String trace = "";
    private int status;
    private long bytesOut;

    Exchange(ProxyHandler client, Site site, Services services, Ids ids, HttpRequest message) {
        this.client = client;
        this.site = site;
        this.services = services;
        this.ids = ids;
        this.started = services.ticker().nanos();
        this.spans = services.tracing().begin(() -> message.headers().getAll("traceparent"));
        this.request = new ClientRequest(message, client.who(), site.clients(), ids);
        this.place = new AuditPlace(services.audit(), client.loop());
        this.entrance = new Entrance(request, body, site, services, client.loop(), this);
        this.own = new AnswerFields(request, entrance, site, services);
    }

    // What the client sends.

    /** When the head is there, and what came with it. The record of the request has a place before anything is done. */
    private void begin() {
        begun = true;
        continueOwed = request.headers().contains(HttpHeaderNames.EXPECT);
        place.take(entrance::enter, () -> {
            if (!over) {
                refused(Problem.AUDIT_BACKPRESSURE, Fields.retryAfter(Duration.ofSeconds(1)));
            }
        });
    }

    void body(HttpContent piece) {
        body.arrived(piece);
        if (over) {
            piece.release();
            return;
        }
        if (piece.content().isReadable() && body.bytes() > entrance.bodyBound()) {
            piece.release();
            tooLarge();
            return;
        }
        if (whenWhole != null || delivery == null || !delivery.send(piece)) {
            body.keep(piece);
        }
        if (!body.whole()) {
            return;
        }
        if (!begun) {
            begin();
        } else if (whenWhole != null) {
            wholeNow(whenWhole);
        }
    }

    private void wholeNow(Runnable then) {
        whenWhole = null;
        then.run();
    }

    /** The upstream must not take what it has for the whole. */
    private void tooLarge() {
        if (answerBegun) {
            breakOff(Problem.BODY_TOO_LARGE);
        } else {
            refused(Problem.BODY_TOO_LARGE, Fields.NONE);
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
        } else if (whenWhole != null) {
            client.readMore();
        } else if (stream() != null) {
            stream().flush();
            wantBody();
        }
    }

    /** Reads on while the stream takes more; and when all is there, to hear that the client has gone. */
    private void wantBody() {
        if (body.whole() && tunnel == null || delivery == null || delivery.takesMore()) {
            client.readMore();
        }
    }

    void clientWritable() {
        if (stream() != null && answerBegun && client.writable()) {
            stream().read();
        }
    }

    /** What the client sends is not what its head promised, or comes too slowly: the edge says so and closes the connection. */
    ClientRequest refusedByEdge(Problem problem) {
        cancelDelivery();
        refused = problem;
        end(problem.status(), () -> {}, () -> {});
        return request;
    }

    /** What a page of another origin may know of an answer that the edge gives. */
    Map<String, String> beside() {
        return OwnAnswer.beside(request, entrance.route());
    }

    void clientGone() {
        if (!over) {
            gone = tunnel == null;
            cancelDelivery();
            end(tunnel == null ? CLIENT_GONE : status, () -> {}, () -> {});
        }
    }

    @Override
    public void collect(Runnable then) {
        if (body.whole()) {
            then.run();
            return;
        }
        var declared = request.declaredLength();
        held = services.bodies()
                .reserve(ByteSize.ofBytes(declared < 0 ? entrance.bodyBound() : declared))
                .orElse(null);
        if (held == null) {
            refused(Problem.OVERLOADED, Fields.retryAfter(Duration.ofSeconds(1)));
            return;
        }
        whenWhole = then;
        allowBody();
        client.readMore();
    }

    private void allowBody() {
        if (continueOwed) {
            continueOwed = false;
            if (!body.whole()) {
                client.write(new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
                client.flush();
            }
        }
    }

    // Towards the upstream.

    @Override
    public void admitted(SiteRoute route, Grant grant) {
        var going = new Onward(request, body, site, route);
        var streams = client.who().streams();
        var outcome = going.with(grant, started, ids, spans, streams);
        trace = outcome.trace();
        switch (outcome) {
            case Onward.Outcome.Refused refusal -> refused(refusal.problem(), Fields.NONE);
            case Onward.Outcome.Ready ready -> {
                delivery = new Delivery(request, body, route, ready.way(), client.loop(), services, ids, this);
                delivery.begin();
            }
        }
    }

    @Override
    public void underWay() {
        allowBody();
        wantBody();
    }

    // What the upstream answers.

    @Override
    public void head(HttpResponse response) {
        var route = entrance.route();
        if (over || route == null) {
            return;
        }
        status = response.status().code();
        answerBegun = true;
        if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            switched(response, route);
            return;
        }
        ResponseHead.rewrite(response, request, route.settings());
        own(response.headers());
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
        var stream = stream();
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

    @Override
    public void writable() {
        if (tunnel != null || !body.whole()) {
            wantBody();
        }
    }

    /** The upstream agrees to the change of protocol, if it was asked for. */
    private void switched(HttpResponse response, SiteRoute route) {
        var stream = stream();
        var grant = entrance.grant();
        if (!Upgrade.wanted(request.headers()) || stream == null || grant == null) {
            answerBegun = false;
            refused(Problem.UPSTREAM_PROTOCOL, Fields.NONE);
            return;
        }
        var answer = Upgrade.agreed(response);
        ResponseHead.rewrite(answer, request, route.settings());
        Upgrade.say(answer.headers());
        own(answer.headers());
        stream.becomeTunnel();
        tunnel = new Tunnel(client, stream, services, grant.validUntil(), refusal -> entrance.recheck(route, refusal));
        client.write(answer);
        client.flush();
        client.becomeTunnel();
    }

    @Override
    public void failed(Problem problem, Fields fields) {
        if (over) {
            return;
        }
        if (tunnel != null) {
            end(status, client::abort, () -> {});
        } else if (answerBegun) {
            breakOff(problem);
        } else {
            refused(problem, fields);
        }
    }

    @Override
    public RequestTrace trace() {
        return spans;
    }

    private @Nullable UpstreamStream stream() {
        return delivery == null ? null : delivery.stream();
    }

    private void cancelDelivery() {
        if (delivery != null) {
            delivery.cancel();
        }
    }

    // Answers of our own, and the end.

    @Override
    public void refused(Problem problem, Fields fields) {
        cancelDelivery();
        refused = problem;
        reply(OwnAnswer.refusal(problem, fields, request, site, entrance.route()));
    }

    @Override
    public void preflight(SiteRoute route, String method) {
        reply(OwnAnswer.preflight(method, request, route));
    }

    @Override
    public void answered(PageAnswer answer, @Nullable Problem instead) {
        refused = instead;
        reply(OwnAnswer.page(answer, request));
    }

    private void reply(FullHttpResponse response) {
        answerBegun = true;
        own(response.headers());
        bytesOut = HttpUtil.getContentLength(response, 0L);
        end(
                response.status().code(),
                () -> {
                    client.write(response);
                    client.flush();
                },
                response::release);
    }

    private void own(HttpHeaders response) {
        own.set(response, delivery, sinceStart());
        if (!body.whole()) {
            response.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    /** After the head of an answer nothing can be said any more but that it is not whole. */
    private void breakOff(Problem problem) {
        cancelDelivery();
        refused = problem;
        end(problem.status(), client::abort, () -> {});
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
        if (tunnel != null) {
            tunnel.over();
            bytesOut += tunnel.fromUpstreamBytes();
        }
        body.release();
        if (held != null) {
            held.close();
        }
        entrance.close();
        var took = sinceStart();
        services.log().answered(request.id(), finalStatus, bytesOut, took);
        var conclusion = conclude(finalStatus, took);
        conclusion.measure(services.metrics(), started);
        if (spans.recorded()) {
            spans.over(conclusion.traced());
        }
        place.put(AuditLine.of(conclusion, site, services, ids, client.who()), () -> kept(last, otherwise));
    }

    private Conclusion conclude(int finalStatus, Duration took) {
        return new Conclusion(
                request,
                finalStatus,
                took,
                refused,
                entrance.reason(),
                gone,
                entrance.route(),
                entrance.grant(),
                delivery,
                trace,
                body.bytes() + (tunnel == null ? 0 : tunnel.fromClientBytes()),
                bytesOut);
    }

    /** At once as a rule; from another thread, and later, where records must be on disk first. */
    private void kept(Runnable last, Runnable otherwise) {
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
        client.readOn();
    }

    private Duration sinceStart() {
        return Duration.ofNanos(services.ticker().nanos() - started);
    }

    @Override
    public String toString() {
        return "Exchange[" + request + "]";
    }
}
