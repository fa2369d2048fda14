package io.triport.identity.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of HTTP/2, which carries one request: its frames become HTTP objects and back, its head is sound, its body comes in
 * time, its reply is taken in time. Confined to the event loop of its connection.
 */
final class StreamGuard extends ChannelDuplexHandler implements Carrier {
    /*
     * The end
     *
     * A reply that was begun and cannot be finished is cut off by a reset, and never ended. A reply that is whole before its
     * request is lets the client know by a reset without an error that nobody reads the rest (RFC 9113 section 8.1).
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");

    private final Shared shared;
    private final ConnectionGuard connection;
    private final StreamHead head;
    private final BodyPace pace;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Deadlines deadlines;
    private @Nullable Untaken untaken;
    private Reply reply = Reply.NONE;
    private @Nullable EdgeRefusal unserved;
    private boolean whole;
    private boolean closing;
    private boolean ended;

    StreamGuard(Shared shared, ConnectionGuard connection) {
        this.shared = shared;
        this.connection = connection;
        this.head = new StreamHead(shared.limits());
        this.pace = new BodyPace(shared.limits().pace());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        deadlines = new Deadlines(context.executor(), shared.ticker(), this::late);
        // A frame is taken as a whole, so there is no progress but the next one.
        untaken = new Untaken(deadlines, shared.limits().patience().stalledReply(), () -> 0, this::settle);
        shared.drain().requestBegun();
        unserved = connection.begins(this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.fireChannelActive();
        context.read();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        if (!ended) {
            ended = true;
            deadlines().cancel();
            shared.drain().requestEnded();
            connection.ends(this);
        }
        context.fireChannelInactive();
    }

    /** The client wants no reply any more. What it sent before may wait to be read, and nobody would hear of the end. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame) {
            cut();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof Http2DataFrame data) {
            body(context, data);
        } else if (message instanceof Http2HeadersFrame fields) {
            if (reply == Reply.NONE) {
                begin(context, fields);
            } else {
                trailers(context, fields);
            }
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, Http2HeadersFrame fields) {
        whole = fields.isEndStream();
        reply = Reply.DUE;
        switch (head.read(fields.headers(), whole)) {
            case StreamHead.Unsound(var why) -> {
                refuse(why);
                if (why.malformed()) {
                    connection.ask();
                }
            }
            case StreamHead.Sound(var request) -> {
                if (unserved != null) {
                    refuse(unserved);
                    connection.ask();
                    return;
                }
                pace.begin();
                context.fireChannelRead(request);
                if (whole) {
                    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
                }
            }
        }
    }

    private void body(ChannelHandlerContext context, Http2DataFrame data) {
        arrived(data.content().readableBytes());
        whole |= data.isEndStream();
        context.fireChannelRead(
                whole ? new DefaultLastHttpContent(data.content()) : new DefaultHttpContent(data.content()));
    }

    private void trailers(ChannelHandlerContext context, Http2HeadersFrame fields) {
        arrived(0);
        whole = true;
        head.trailers(fields.headers())
                .ifPresentOrElse(
                        sound -> context.fireChannelRead(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, sound)),
                        () -> refuse(EdgeRefusal.MALFORMED_REQUEST));
    }

    private void arrived(int bytes) {
        if (pace.waiting()) {
            pace.received(bytes, deadlines().now());
            deadlines().clear(Deadlines.Kind.INCOMING);
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (reply != Reply.NONE && !whole && !closing && !pace.waiting()) {
            deadlines().set(Deadlines.Kind.INCOMING, pace.waitFrom(deadlines().now()));
        }
        context.read();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (closing || !(message instanceof HttpObject part)) {
            FramingGuard.drop(message, promise);
        } else {
            send(part, promise);
        }
    }

    private void send(HttpObject part, ChannelPromise promise) {
        var frames = StreamReply.frames(part);
        for (var i = 0; i < frames.size(); i++) {
            var last = i == frames.size() - 1;
            ctx().write(frames.get(i), untaken().add(last ? promise.unvoid() : ctx().newPromise()));
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        untaken().flushed();
    }

    /** From the app: it cannot go on with what it began. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (reply == Reply.DONE && !untaken().isEmpty()) {
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            closing = true;
            if (reply != Reply.DONE) {
                context.write(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
            }
            context.flush();
            context.close(promise);
        }
    }

    @Override
    public void refuse(EdgeRefusal why, @Nullable HttpRequest unseen) {
        if (closing) {
            return;
        }
        LOG.info(
                "refused status={} reason={} peer={}",
                why.status(),
                why.code(),
                ctx().channel().remoteAddress());
        var beside = shared.listener().beside(ctx().channel(), unseen);
        var told = shared.listener().refused(why, ctx().channel());
        deadlines().clear(Deadlines.Kind.INCOMING);
        closing = true;
        switch (reply) {
            case NONE, DUE -> {
                send(shared.refusals().toStream(why, told, beside, head.asksForHeadOnly()), ctx().newPromise());
                replyEnds();
                flush(ctx());
            }
            case BEGUN -> reset(Http2Error.INTERNAL_ERROR);
            case DONE -> reset(Http2Error.NO_ERROR);
        }
    }

    @Override
    public boolean closing() {
        return closing;
    }

    @Override
    public boolean wantsLastReply() {
        return connection.wantsLast();
    }

    @Override
    public void replyBegins(boolean last) {
        reply = Reply.BEGUN;
        if (connection.wantsLast()) {
            connection.ask();
        }
    }

    @Override
    public void replyEnds() {
        reply = Reply.DONE;
        settle();
    }

    @Override
    public void becomesTunnel() {
        throw new IllegalStateException("a stream becomes no tunnel");
    }

    /** Nobody is there any more. */
    void cut() {
        closing = true;
        ctx().close();
    }

    private void settle() {
        if (reply == Reply.DONE && untaken().isEmpty() && !whole && !ended) {
            reset(Http2Error.NO_ERROR);
        }
    }

    private void late(Deadlines.Kind kind) {
        switch (kind) {
            case INCOMING -> {
                if (connection.full()) {
                    deadlines()
                            .set(
                                    Deadlines.Kind.INCOMING,
                                    deadlines().now()
                                            + shared.limits().pace().idle().toNanos());
                } else {
                    refuse(EdgeRefusal.REQUEST_TIMEOUT);
                }
            }
            case OUTGOING -> {
                if (untaken().stalls()) {
                    reset(Http2Error.CANCEL);
                }
            }
        }
    }

    private void reset(Http2Error why) {
        closing = true;
        ctx().writeAndFlush(new DefaultHttp2ResetFrame(why));
        ctx().close();
    }

    private ChannelHandlerContext ctx() {
        return placed(ctx);
    }

    private Deadlines deadlines() {
        return placed(deadlines);
    }

    private Untaken untaken() {
        return placed(untaken);
    }

    private static <T> T placed(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return part;
    }

    private enum Reply {
        NONE,
        DUE,
        BEGUN,
        DONE
    }
}
