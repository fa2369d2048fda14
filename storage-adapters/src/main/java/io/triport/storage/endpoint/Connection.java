package io.triport.storage.endpoint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.triport.domain.time.Ticker;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection: its requests one after the other. Confined to its loop but for what says otherwise. */
final class Connection extends ChannelInboundHandlerAdapter {
    /*
     * When it can carry another request
     *
     * When the answer is whole, the endpoint wants to go on, and all of the request's body was written. An answer that comes
     * before that ends the sending, and the connection with it. While it is idle one read is open, by which it hears that
     * the endpoint has closed it.
     */
    private final Pool pool;
    private final Ticker ticker;
    private final EventLoop loop;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Exchange first;
    private @Nullable Exchange exchange;
    private @Nullable Outflow outflow;
    private @Nullable Inflow inflow;
    private @Nullable Throwable broken;
    private boolean interim;
    private boolean goesOn;
    private volatile long idleSince;

    Connection(Pool pool, Ticker ticker, EventLoop loop, Exchange first) {
        this.pool = pool;
        this.ticker = ticker;
        this.loop = loop;
        this.first = first;
    }

    // From any thread.

    EventLoop loop() {
        return loop;
    }

    long idleSince() {
        return idleSince;
    }

    void begin(Exchange next) {
        loop.execute(() -> start(next));
    }

    void close() {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> ctx().close());
        }
    }

    void cancel(Exchange unwanted) {
        loop.execute(() -> {
            if (unwanted.equals(exchange) && !unwanted.answered()) {
                ctx().close();
            }
        });
    }

    // The loop.

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.pipeline().get(SslHandler.class) == null) {
            opened();
        }
        context.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                opened();
            } else {
                broken = handshake.cause();
                context.close();
            }
        }
        context.fireUserEventTriggered(event);
    }

    private void opened() {
        var begun = first;
        first = null;
        if (begun != null) {
            start(begun);
        }
    }

    private void start(Exchange next) {
        if (!ctx().channel().isActive()) {
            next.failed(new NoConnection("closed by the endpoint"));
            return;
        }
        exchange = next;
        if (!next.attach(this)) {
            rest();
            return;
        }
        goesOn = true;
        var call = next.call();
        var body = call.body();
        var method = HttpMethod.valueOf(call.method());
        HttpRequest head = body == null
                ? new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, call.target(), Unpooled.EMPTY_BUFFER)
                : new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, call.target());
        call.fields().forEach(field -> head.headers().add(field.getKey(), field.getValue()));
        ctx().writeAndFlush(head);
        if (body != null) {
            var leave = head.headers().contains(HttpHeaderNames.EXPECT);
            var sending = new Outflow(this, body, HttpUtil.getContentLength(head, 0L), leave);
            outflow = sending;
            if (leave) {
                // Some endpoints never give it (RFC 9110 section 10.1.1: wait, but not for ever).
                loop.schedule(sending::begin, Connections.LEAVE.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                sending.begin();
            }
        }
        ctx().read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (exchange == null || broken != null) {
            ReferenceCountUtil.release(message);
            context.close(); // nobody asked
            return;
        }
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            broken = new IOException(
                    "an answer that cannot be read", part.decoderResult().cause());
            context.close();
            return;
        }
        if (message instanceof HttpResponse response) {
            answered(response);
        }
        if (message instanceof HttpContent piece) {
            arrived(piece);
        }
    }

    private void answered(HttpResponse response) {
        var status = response.status();
        interim = status.codeClass() == HttpStatusClass.INFORMATIONAL;
        if (interim) {
            if (status.equals(HttpResponseStatus.CONTINUE) && outflow != null) {
                outflow.begin();
            }
            return;
        }
        goesOn = HttpUtil.isKeepAlive(response) && (outflow == null || outflow.written());
        if (outflow != null && !outflow.written()) {
            outflow.stop();
        }
        var body = new Inflow(this);
        inflow = body;
        if (exchange != null) {
            exchange.answered(new Head(status.code(), response.headers()), body);
        }
    }

    private void arrived(HttpContent piece) {
        var body = inflow;
        if (interim || body == null) {
            piece.release();
            return;
        }
        var last = piece instanceof LastHttpContent;
        body.offer(piece.content());
        if (last) {
            exchange = null;
            inflow = null;
            body.end();
            rest();
        }
    }

    /** All of the answer is there. */
    private void rest() {
        exchange = null;
        if (outflow != null) {
            outflow.finish();
            outflow = null;
        }
        if (goesOn && ctx().channel().isActive()) {
            idleSince = ticker.nanos();
            ctx().read();
            pool.giveBack(this);
        } else {
            ctx().close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null && (inflow == null || inflow.hungry())) {
            context.read();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (broken == null) {
            broken = cause;
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var cause = broken == null ? new IOException("closed by the endpoint") : broken;
        if (first != null) {
            first.failed(new NoConnection(cause));
            first = null;
        }
        var open = exchange;
        exchange = null;
        if (outflow != null) {
            outflow.stop();
            outflow = null;
        }
        if (inflow != null) {
            inflow.fail(cause);
            inflow = null;
        } else if (open != null) {
            open.failed(cause);
        }
        context.fireChannelInactive();
    }

    void readMore() {
        ctx().read();
    }

    /** Closes unless all that the body belongs to is over. */
    void breakOff(Inflow unwanted, Throwable why) {
        if (unwanted.equals(inflow)) {
            broken = why;
            ctx().close();
        }
    }

    /** The body of a request failed on its way here. */
    void breakOff(Outflow failed, Throwable why) {
        if (failed.equals(outflow)) {
            broken = why;
            ctx().close();
        }
    }

    ChannelFuture write(ByteBuf piece) {
        return ctx().writeAndFlush(new DefaultHttpContent(piece));
    }

    void writeEnd() {
        ctx().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }
}
