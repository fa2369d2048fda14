package io.triport.identity.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.AbstractNioChannel.NioUnsafe;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection of HTTP/2, behind its streams: whether it is idle, how many it carried, and its end. Confined to its event loop. */
final class ConnectionGuard extends ChannelInboundHandlerAdapter implements Drain.Drained {
    /*
     * The end
     *
     * A client that is told the last stream that counts has to send the others anew, and not every one does. So it is asked to
     * open no more, and whatever it opens until it has heard is served. The connection closes when it was without a stream for
     * a moment after. What it opens when it must have heard is told to go elsewhere, or there would be no end.
     */
    private static final long LAST_CALL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Shared shared;
    private final ConnectionCount.Visit visit;
    private final Set<StreamGuard> streams = new HashSet<>();
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Deadlines deadlines;
    private int opened;
    private boolean asked;
    private boolean called;
    private boolean busy;
    private boolean ended;
    private boolean timeUp;
    private long askedAt;

    ConnectionGuard(Shared shared, ConnectionCount.Visit visit) {
        this.shared = shared;
        this.visit = visit;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        deadlines = new Deadlines(context.executor(), shared.ticker(), kind -> late());
        await(shared.limits().patience().firstByte().toNanos());
        shared.drain().opened(this, context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended = true;
        deadlines().cancel();
        notBusy();
        shared.drain().closed(this);
        // A stream whose app does not read would not hear of it otherwise.
        List.copyOf(streams).forEach(StreamGuard::cut);
        context.fireChannelInactive();
    }

    /** What of the connection itself gets here: settings, pings, and the client's own farewell. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    /** What is wrong with frames the codec tells the client after us, and ends the connection; the rest is the end of the socket. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
            context.close();
        }
    }

    /** @return why it may not be served, null where it may */
    @Nullable
    EdgeRefusal begins(StreamGuard stream) {
        streams.add(stream);
        opened++;
        notBusy();
        deadlines().clear(Deadlines.Kind.INCOMING);
        if (wantsLast()) {
            ask();
        }
        if (timeUp || asked && shared.drain().closing() && shared.ticker().nanos() - askedAt > LAST_CALL_NANOS) {
            return EdgeRefusal.DRAINING;
        }
        return opened > 1 || visit.within() ? null : EdgeRefusal.OVERLOADED;
    }

    void ends(StreamGuard stream) {
        if (!streams.remove(stream) || ended || !streams.isEmpty()) {
            return;
        }
        if (timeUp) {
            leave();
        } else if (shared.drain().closing()) {
            lastCall();
        } else {
            await(
                    asked
                            ? LAST_CALL_NANOS
                            : shared.limits().patience().keepAlive().toNanos());
        }
    }

    /** Whether the client may send nothing on any stream, because others hold what it sent. */
    boolean full() {
        var connection = ctx().pipeline().get(Http2FrameCodec.class).connection();
        return connection.local().flowController().windowSize(connection.connectionStream()) <= 0;
    }

    /** Whether no other stream should be opened. */
    boolean wantsLast() {
        return shared.drain().begun() || opened >= shared.limits().connections().requests();
    }

    /** Asks the client to open no more streams. */
    void ask() {
        if (!asked) {
            asked = true;
            askedAt = shared.ticker().nanos();
            ctx().channel()
                    .writeAndFlush(
                            new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
        }
    }

    @Override
    public void onOwnLoop(Runnable task) {
        ctx().executor().execute(task);
    }

    @Override
    public void lastCall() {
        if (ended) {
            return;
        }
        ask();
        if (streams.isEmpty()) {
            if (called) {
                leave();
            } else {
                called = true;
                busy();
                await(LAST_CALL_NANOS);
            }
        }
    }

    @Override
    public void timeUp() {
        timeUp = true;
        if (ended) {
            return;
        }
        ask();
        List.copyOf(streams).forEach(stream -> stream.refuse(EdgeRefusal.DRAINING));
        if (streams.isEmpty()) {
            leave();
        }
    }

    private void late() {
        var before = opened;
        if (ctx().channel().unsafe() instanceof NioUnsafe socket) {
            socket.read(); // what has come by now is in time, although its turn to be read has not come
        }
        if (streams.isEmpty() && opened == before) {
            leave();
        }
    }

    private void leave() {
        visit.ends();
        notBusy();
        ctx().channel().close();
    }

    private void busy() {
        if (!busy) {
            busy = true;
            shared.drain().requestBegun();
        }
    }

    private void notBusy() {
        if (busy) {
            busy = false;
            shared.drain().requestEnded();
        }
    }

    private void await(long nanos) {
        deadlines().set(Deadlines.Kind.INCOMING, deadlines().now() + nanos);
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    private Deadlines deadlines() {
        if (deadlines == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return deadlines;
    }
}
