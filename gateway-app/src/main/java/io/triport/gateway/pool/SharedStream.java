package io.triport.gateway.pool;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request on a connection that carries several. Confined to the event loop of the connection. */
final class SharedStream extends ChannelInboundHandlerAdapter implements UpstreamStream {
    /*
     * The head of the request waits for what comes behind it, so that a request without a body is a single frame.
     */
    private final SharedConnection connection;
    private final Target target;
    private final AnswerDue due;
    private @Nullable Answer answer;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Http2Headers head;
    private long begunAt;
    private boolean closed;

    SharedStream(SharedConnection connection, Target target, Answer answer, EventLoop loop) {
        this.connection = connection;
        this.target = target;
        this.answer = answer;
        this.due = new AnswerDue(loop, target, this::late);
    }

    void start() {
        begunAt = target.ticker().nanos();
        if (answer != null) {
            answer.ready(this);
        }
    }

    /** The connection takes no stream any more. */
    void neverOpened() {
        fail(PoolFailure.RESET);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var waiting = answer;
        if (waiting == null || !(message instanceof Http2StreamFrame)) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof Http2HeadersFrame fields) {
            fields(waiting, fields);
        } else if (message instanceof Http2DataFrame data) {
            content(waiting, data);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void fields(Answer waiting, Http2HeadersFrame fields) {
        if (due.headSeen()) {
            var last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
            StreamFields.trailers(fields.headers(), last.trailingHeaders());
            last(waiting, last);
            return;
        }
        var response = StreamFields.response(fields.headers());
        if (response == null) {
            fail(PoolFailure.PROTOCOL);
            ctx().close();
        } else if (response.status().code() >= 200) {
            due.head();
            waiting.head(response);
            if (fields.isEndStream() && answer != null) {
                last(waiting, LastHttpContent.EMPTY_LAST_CONTENT);
            }
        }
    }

    private void content(Answer waiting, Http2DataFrame data) {
        if (!due.headSeen()) {
            data.release();
            fail(PoolFailure.PROTOCOL);
            ctx().close();
        } else if (data.isEndStream()) {
            last(waiting, new DefaultLastHttpContent(data.content()));
        } else {
            due.awaitPiece();
            waiting.content(new DefaultHttpContent(data.content()));
        }
    }

    private void last(Answer waiting, HttpContent content) {
        answer = null;
        due.clear();
        waiting.content(content);
        if (!due.requestEnded()) {
            ctx().close(); // nobody reads the rest of the request
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (answer != null) {
            answer.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (answer != null && context.channel().isWritable()) {
            due.awaitHead();
            answer.writable();
        }
    }

    /** What came before may wait to be read, and nobody would hear of the end. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame) {
            context.close();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        due.stop();
        fail(due.headSeen() ? PoolFailure.BROKEN : PoolFailure.RESET);
        connection.ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(
                due.headSeen()
                        ? PoolFailure.BROKEN
                        : cause.getCause() instanceof SSLException ? PoolFailure.TLS : PoolFailure.PROTOCOL);
        context.close();
    }

    private void fail(PoolFailure failure) {
        var waiting = answer;
        answer = null;
        if (waiting != null) {
            waiting.failed(failure);
        }
    }

    @Override
    public void write(HttpObject part) {
        if (closed) {
            ReferenceCountUtil.release(part);
            return;
        }
        if (part instanceof HttpRequest request) {
            head = StreamFields.request(request, target.tls() == null ? "http" : "https");
        } else if (part instanceof HttpContent content) {
            write(content);
        }
        due.written(writable());
    }

    private void write(HttpContent content) {
        if (content instanceof LastHttpContent) {
            due.requestEnds();
        }
        var behind = content instanceof LastHttpContent last ? last.trailingHeaders() : EmptyHttpHeaders.INSTANCE;
        var ends = due.requestEnded() && behind.isEmpty();
        if (content.content().isReadable() || ends && head == null) {
            writeHead(false);
            send(new DefaultHttp2DataFrame(content.content(), ends));
        } else {
            content.release();
            writeHead(ends);
        }
        if (!behind.isEmpty()) {
            send(new DefaultHttp2HeadersFrame(StreamFields.trailers(behind), true));
        }
    }

    private void writeHead(boolean ends) {
        if (head != null) {
            var frame = new DefaultHttp2HeadersFrame(head, ends);
            head = null;
            send(frame);
        }
    }

    private void send(Http2StreamFrame frame) {
        ctx().write(frame).addListener(sent -> {
            if (!sent.isSuccess() && !closed) {
                ctx().close(); // and channelInactive tells whoever waits
            }
        });
    }

    @Override
    public void flush() {
        writeHead(false);
        ctx().flush();
    }

    @Override
    public boolean writable() {
        return ctx().channel().isWritable();
    }

    @Override
    public void read() {
        due.awaitPiece();
        ctx().read();
    }

    @Override
    public void pause() {
        due.clear();
    }

    @Override
    public void headBy(long atNanos) {
        due.headBy(atNanos);
    }

    @Override
    public void becomeTunnel() {
        throw new IllegalStateException("one stream of several becomes no tunnel");
    }

    @Override
    public void writeBytes(ByteBuf bytes) {
        bytes.release();
        throw new IllegalStateException("one stream of several is no tunnel");
    }

    @Override
    public void cancel() {
        answer = null;
        due.clear();
        ctx().close();
    }

    private void late() {
        if (!connection.heardSince(begunAt)) {
            connection.retire();
        }
        fail(PoolFailure.TIMEOUT);
        ctx().close();
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }
}
