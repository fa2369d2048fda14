package io.triport.identity.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.triport.domain.time.Ticker;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection behind the HTTP codec, or one stream of it: each request gets a place at work or is shed, each reply is seen
 * out.
 */
final class ExchangeGuard extends ChannelDuplexHandler implements Places.Candidate {
    /*
     * When a place is taken
     *
     * When the request is whole: a client that sends its body slowly must not keep others from work. Most requests are
     * whole within the read that brought their head. If not, and all places and turns are taken, the request is shed at
     * once and its body never read; else the app may have it without a place, and asks for one at the end of the body. A
     * stream, which is longer than any body that is collected, needs none: it is bounded by connections.
     *
     * The place is given back with the first byte of the answer.
     */
    private final Carrier carrier;
    private final Predicate<String> readable;
    private final Trailers trailers;
    private final Places places;
    private final EdgeLimits limits;
    private final Ticker ticker;
    private final Queue<HttpObject> waiting = new ArrayDeque<>();

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Future<?> turn;
    private Phase phase = Phase.NONE;
    private boolean keepAlive;
    private boolean whole;
    private long received;
    private long admittedAt;

    /** What those behind get of the fields that a client sends after a body. */
    enum Trailers {
        /** They might take them for the head's. */
        DROPPED,
        /** They keep them apart, and judge them. */
        PASSED
    }

    /** @param readable whether those behind can read a target; what they cannot read they would take for another */
    ExchangeGuard(Carrier carrier, Shared shared, Predicate<String> readable, Trailers trailers) {
        this.carrier = carrier;
        this.readable = readable;
        this.trailers = trailers;
        this.places = shared.places();
        this.limits = shared.limits();
        this.ticker = shared.ticker();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HttpObject part)) {
            context.fireChannelRead(message);
        } else if (carrier.closing()) {
            ReferenceCountUtil.release(message);
        } else if (part.decoderResult().isFailure()
                || part instanceof HttpRequest request && !readable.test(request.uri())) {
            ReferenceCountUtil.release(message);
            carrier.refuse(EdgeRefusal.MALFORMED_REQUEST);
        } else {
            receive(part);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (phase == Phase.ARRIVING) {
            if (places.full()) {
                shed();
            } else {
                phase = Phase.RECEIVING;
                passAll();
            }
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (carrier.closing()) {
            FramingGuard.drop(message, promise);
            return;
        }
        if (message instanceof HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && response.status().code() != 101) {
                context.write(message, promise);
                return;
            }
            answer(response);
        }
        context.write(message, promise);
        if (message instanceof LastHttpContent) {
            phase = Phase.NONE;
            carrier.replyEnds();
        }
    }

    @Override
    public void admitted() {
        onOwnLoop(() -> {
            if (phase == Phase.QUEUED) {
                place();
                ctx().fireChannelReadComplete();
            } else {
                places.abandoned();
            }
        });
    }

    @Override
    public void tooLate() {
        onOwnLoop(() -> {
            if (phase == Phase.QUEUED) {
                shed();
            }
        });
    }

    private void receive(HttpObject part) {
        if (part instanceof HttpRequest request) {
            phase = Phase.ARRIVING;
            whole = false;
            received = 0;
            keepAlive = HttpUtil.isKeepAlive(request);
            neutralise(request);
        }
        if (part instanceof HttpContent content) {
            received += content.content().readableBytes();
        }
        if (part instanceof LastHttpContent last) {
            receiveLast(last);
        } else if (phase == Phase.ARRIVING) {
            waiting.add(part);
        } else {
            ctx().fireChannelRead(part);
        }
    }

    private void receiveLast(LastHttpContent last) {
        whole = true;
        if (trailers == Trailers.DROPPED && !last.trailingHeaders().isEmpty()) {
            last.trailingHeaders().clear();
        }
        waiting.add(last);
        if (phase == Phase.ARRIVING
                || phase == Phase.RECEIVING
                        && received <= limits.body().streamed().bytes()) {
            ask();
        } else {
            passAll();
        }
    }

    /** What the codec or the app could take for a wish that we do not grant. */
    private static void neutralise(HttpRequest request) {
        var headers = request.headers();
        if (headers.contains(HttpHeaderNames.UPGRADE)
                && !headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            headers.remove(HttpHeaderNames.UPGRADE).remove("HTTP2-Settings");
        }
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            headers.remove(HttpHeaderNames.EXPECT); // RFC 9110 section 10.1.1
        }
    }

    private void ask() {
        switch (places.ask(this)) {
            case NOW -> place();
            case LATER -> {
                phase = Phase.QUEUED;
                turn = ctx().executor()
                        .schedule(this::giveUp, limits.work().queueAge().toNanos(), TimeUnit.NANOSECONDS);
            }
            case NEVER -> shed();
        }
    }

    private void place() {
        stopTurn();
        phase = Phase.PLACED;
        admittedAt = ticker.nanos();
        passAll();
    }

    private void giveUp() {
        if (phase == Phase.QUEUED && places.withdraw(this)) {
            shed();
        }
    }

    private void shed() {
        stopTurn();
        phase = Phase.NONE;
        var unseen = waiting.peek() instanceof HttpRequest head ? head : null;
        releaseAll();
        carrier.refuse(EdgeRefusal.OVERLOADED, unseen);
    }

    private void answer(HttpResponse response) {
        if (phase == Phase.PLACED) {
            places.answered(ticker.nanos() - admittedAt);
        } else if (phase == Phase.QUEUED) {
            stopTurn();
            places.withdraw(this);
            passAll();
        }
        phase = Phase.ANSWERED;
        if (response.status().code() == 101) {
            carrier.becomesTunnel();
            return;
        }
        var last = !keepAlive || carrier.wantsLastReply() || unread(response) || !HttpUtil.isKeepAlive(response);
        if (last) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        carrier.replyBegins(last);
    }

    /** A body that is too long for anybody need not end, and nobody waits for it. */
    private boolean unread(HttpResponse response) {
        return !whole && response.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    }

    private void end() {
        stopTurn();
        releaseAll();
        var before = phase;
        phase = Phase.NONE;
        if (before == Phase.PLACED) {
            places.abandoned();
        } else if (before == Phase.QUEUED) {
            places.withdraw(this);
        }
    }

    private void passAll() {
        for (var part = waiting.poll(); part != null; part = waiting.poll()) {
            ctx().fireChannelRead(part);
        }
    }

    private void releaseAll() {
        for (var part = waiting.poll(); part != null; part = waiting.poll()) {
            ReferenceCountUtil.release(part);
        }
    }

    private void stopTurn() {
        if (turn != null) {
            turn.cancel(false);
            turn = null;
        }
    }

    private void onOwnLoop(Runnable task) {
        ctx().executor().execute(task);
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    /** Of the request at hand. */
    private enum Phase {
        NONE,
        ARRIVING,
        RECEIVING,
        QUEUED,
        PLACED,
        ANSWERED
    }
}
