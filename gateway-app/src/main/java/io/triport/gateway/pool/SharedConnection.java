package io.triport.gateway.pool;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One HTTP/2 connection to a target: as many requests at once as the target takes. Confined to its event loop. */
final class SharedConnection extends ChannelInboundHandlerAdapter {
    /*
     * Room
     *
     * Before the target has said how many streams it takes there is one, that of the request for which the connection was
     * opened. What the target says is held to a bound of ours, so that one connection never is everything.
     *
     * The end
     *
     * A connection that takes no more requests closes when the last of those that it has is over. A target that says nothing
     * while a request of it runs out of time may be gone without a word, so no other request is sent after that one. One that
     * does not say either that it is there ends the connection, and with it the requests that wait for it.
     */
    private static final int MOST_STREAMS = 100;
    /** Any number will do: one question is open at a time. */
    private static final long PING = 1;

    private final LoopPool pool;
    private final Target target;
    private final Runnable arrived;
    private final Due due;
    private @Nullable ChannelHandlerContext ctx;
    private int most = 1;
    private int streams;
    private boolean leaving;
    private boolean closed;
    private boolean pong;
    private long heardAt;
    private @Nullable Heartbeat heartbeat;

    /** @param arrived is run when it is known what the connection can carry */
    SharedConnection(LoopPool pool, Target target, Runnable arrived) {
        this.pool = pool;
        this.target = target;
        this.arrived = arrived;
        this.heardAt = target.ticker().nanos();
        this.due = new Due(pool.loop(), target.ticker(), this::retire);
    }

    boolean hasRoom() {
        return !leaving && !closed && streams < most;
    }

    boolean idle() {
        return streams == 0;
    }

    /** Whether anything was heard of the target since then, a time of the ticker. */
    boolean heardSince(long nanos) {
        return heardAt - nanos >= 0;
    }

    void begin(Answer answer) {
        streams++;
        due.clear();
        var stream = new SharedStream(this, target, answer, pool.loop());
        new Http2StreamChannelBootstrap(ctx().channel())
                .option(ChannelOption.AUTO_READ, false)
                .handler(stream)
                .open()
                .addListener(opened -> {
                    if (opened.isSuccess()) {
                        stream.start();
                    } else {
                        stream.neverOpened();
                        ended();
                    }
                });
    }

    /** One stream is over. */
    void ended() {
        streams--;
        if (closed) {
            return;
        }
        if (leaving && streams == 0) {
            ctx().close();
        } else if (!leaving) {
            if (streams == 0) {
                due.set(target.ticker().nanos()
                        + target.settings().pool().idle().toNanos());
            }
            pool.room(this);
        }
    }

    /** Takes no more requests, and closes when those that it has are over. */
    void retire() {
        if (!leaving) {
            leaving = true;
            pool.leaves(this);
        }
        if (streams == 0) {
            ctx().close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        heartbeat = new Heartbeat(
                pool.loop(),
                target.ticker(),
                () -> context.writeAndFlush(new DefaultHttp2PingFrame(PING)),
                this::silent);
    }

    private void silent() {
        retire();
        ctx().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Http2SettingsFrame settings -> settled(settings);
            case Http2GoAwayFrame goAway -> {
                goAway.release();
                retire();
            }
            case Http2PingFrame ping -> pong |= ping.ack();
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void settled(Http2SettingsFrame frame) {
        var said = frame.settings().maxConcurrentStreams();
        if (said != null) {
            most = (int) Math.min(said, MOST_STREAMS);
        } else if (most == 1) {
            most = MOST_STREAMS;
        }
        arrived.run();
        pool.room(this);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        heardAt = target.ticker().nanos();
        if (heartbeat != null && pong) {
            heartbeat.answered();
        } else if (heartbeat != null) {
            heartbeat.heard();
        }
        pong = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        due.stop();
        if (heartbeat != null) {
            heartbeat.stop();
        }
        context.fireChannelInactive();
        pool.gone(this);
    }

    /** What is wrong with frames the codec tells the target after us, and ends the connection; the rest is the end of the socket. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
            context.close();
        }
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }
}
