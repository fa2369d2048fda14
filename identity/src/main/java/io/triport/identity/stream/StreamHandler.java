package io.triport.identity.stream;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.util.ReferenceCountUtil;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.identity.connection.ClientEnd;
import io.triport.identity.connection.EdgeRefusal;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One connection of a client: its requests one after the other, each a {@link StreamExchange}. Confined to its event loop. */
final class StreamHandler extends ChannelDuplexHandler {
    /*
     * Whose request
     *
     * The paths that the server itself answers go on whole; the guards let only one request in at a time, so the two ways
     * never cross. While a request is ours the server's wish to read is not heard: the exchange says when.
     */
    private final StreamApp app;
    private final StreamEdge.Means means;
    private final Executor threads;
    private final DateField date;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable ClientEnd who;
    private @Nullable StreamExchange exchange;
    private boolean passing;

    StreamHandler(StreamApp app, StreamEdge.Means means, Executor threads, DateField date) {
        this.app = app;
        this.means = means;
        this.threads = threads;
        this.date = date;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        who = new ClientEnd(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !passing && exchange == null) {
            if (app.builtIn(asked(request))) {
                passing = true;
            } else {
                exchange = new StreamExchange(this, app, means, threads, request);
            }
        }
        if (passing) {
            passing = !(message instanceof LastHttpContent);
            context.fireChannelRead(message);
        } else if (exchange != null && message instanceof HttpContent content) {
            exchange.arrived(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private static StreamApp.Asked asked(HttpRequest request) {
        var socket = request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        return new StreamApp.Asked(request.method().name(), request.uri(), socket);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange == null) {
            context.fireChannelReadComplete();
        } else {
            exchange.readComplete();
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (exchange == null) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var gone = exchange;
        exchange = null;
        if (gone != null) {
            gone.clientGone();
        }
        context.fireChannelInactive();
    }

    /** The edge answers the request at hand itself, or breaks it off. */
    void refused(EdgeRefusal why) {
        if (exchange != null) {
            exchange.refusedByEdge(why);
        }
    }

    /** The request at hand. @param unseen one that did not get here; null where none is known */
    Optional<Fetch> fetch(@Nullable HttpRequest unseen) {
        if (exchange != null) {
            return Optional.of(exchange.fetch());
        }
        return Optional.ofNullable(unseen)
                .map(request -> StreamExchange.bind(request, who(), means, Content.of(Bytes.EMPTY)));
    }

    /** The exchange has written its last. The next request may begin within this call. */
    void over(StreamExchange ended) {
        if (ended.equals(exchange)) {
            exchange = null;
        }
    }

    ChannelFuture write(Object message) {
        return ctx().write(message);
    }

    void flush() {
        ctx().flush();
    }

    void readMore() {
        ctx().read();
    }

    /** From now on frames of a WebSocket and not requests come and go. */
    void becomeSocket(SocketHandler socket) {
        var pipeline = ctx().pipeline();
        pipeline.remove(HttpServerCodec.class);
        pipeline.addBefore(ctx().name(), null, new WebSocket13FrameEncoder(false));
        socket.decoders().forEach(decoder -> pipeline.addBefore(ctx().name(), null, decoder));
        pipeline.replace(this, null, socket);
    }

    /** Asks for the next request: while an exchange lasts nobody else's wish to read is heard. */
    void readOn() {
        if (exchange == null && ctx().channel().isActive()) {
            ctx().read();
        }
    }

    /** Cuts the connection: what was begun must not look complete. */
    void abort() {
        ctx().close();
    }

    DateField date() {
        return date;
    }

    EventLoop loop() {
        return ctx().channel().eventLoop();
    }

    ClientEnd who() {
        if (who == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return who;
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }
}
