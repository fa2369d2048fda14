package io.triport.gateway.pool;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection to a target: one request at a time. Confined to its event loop. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements UpstreamStream {
    /*
     * Reading
     *
     * One read is always asked for, but while the client cannot take what came: so the end of an idle connection is noticed,
     * and a request is not sent into one that is closed.
     *
     * Whose answer
     *
     * A connection is free when all that came with the end of an answer has been looked at. A second answer that nobody asked
     * for would be taken for that to the next request, perhaps another client's.
     */
    private static final int SWITCHING_PROTOCOLS = 101;

    private final LoopPool pool;
    private final Target target;
    private final AnswerDue due;
    private @Nullable Answer answer;
    private @Nullable ChannelHandlerContext ctx;
    private boolean opened;
    private boolean reused;
    private boolean bytesSeen;
    private boolean keepAlive;
    private boolean done;
    private boolean tunnel;
    private boolean failedTls;
    private boolean closed;

    UpstreamConnection(LoopPool pool, Target target, Answer first) {
        this.pool = pool;
        this.target = target;
        this.answer = first;
        this.due = new AnswerDue(pool.loop(), target, this::late);
    }

    /** The next request; the connection is idle and usable. */
    void begin(Answer next) {
        answer = next;
        reused = true;
        start(next);
    }

    /** The first request heard nothing yet. */
    void neverOpened() {
        fail(failedTls ? PoolFailure.TLS : PoolFailure.CONNECT);
    }

    /** Its first request goes on otherwise, and it hears nothing more. */
    @Nullable
    Answer handOver() {
        var first = answer;
        answer = null;
        return first;
    }

    /** What was agreed on with the target is not what has to be spoken. */
    void disagree() {
        fail(PoolFailure.PROTOCOL);
        close();
    }

    boolean usable() {
        return !closed && ctx().channel().isActive();
    }

    void close() {
        ctx().close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        opened = true;
        context.read();
        if (target.tls() == null) {
            first();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                first();
            } else {
                failedTls = true;
                fail(PoolFailure.TLS);
                context.close();
            }
        }
        context.fireUserEventTriggered(event);
    }

    private void first() {
        var waiting = answer;
        if (waiting == null) {
            pool.free(this);
        } else {
            start(waiting);
        }
    }

    private void start(Answer next) {
        bytesSeen = false;
        keepAlive = true;
        due.begin();
        next.ready(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (answer == null || closed) {
            ReferenceCountUtil.release(message);
            if (!closed
                    && !(message instanceof LastHttpContent last
                            && !last.content().isReadable())) {
                close(); // an answer that nobody asked for
            }
            return;
        }
        bytesSeen = true;
        if (!(message instanceof HttpObject part)) {
            tunnelled(answer, message);
        } else if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(due.headSeen() ? PoolFailure.BROKEN : PoolFailure.PROTOCOL);
            close();
        } else {
            received(answer, part);
        }
    }

    private static void tunnelled(Answer waiting, Object message) {
        if (message instanceof ByteBuf bytes) {
            waiting.content(new DefaultHttpContent(bytes));
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void received(Answer waiting, HttpObject part) {
        if (part instanceof HttpResponse response) {
            var informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && response.status().code() != SWITCHING_PROTOCOLS;
            if (informational) {
                ReferenceCountUtil.release(part);
                return;
            }
            keepAlive = HttpUtil.isKeepAlive(response);
            due.head();
            waiting.head(response);
        }
        if (part instanceof HttpContent content) {
            if (!due.headSeen()) {
                content.release(); // the end of an informational answer
                return;
            }
            if (!tunnel && content instanceof LastHttpContent) {
                last(waiting, content);
            } else if (tunnel && content instanceof LastHttpContent) {
                content.release(); // the end of the head that changed the protocol
            } else {
                due.awaitPiece();
                waiting.content(content);
            }
        }
    }

    private void last(Answer waiting, HttpContent content) {
        answer = null;
        due.clear();
        var free = keepAlive && due.requestEnded() && ctx().channel().isActive();
        waiting.content(content);
        if (free) {
            done = true;
        } else {
            close();
        }
    }

    private void rest() {
        done = false;
        if (usable()) {
            due.within(target.settings().pool().idle());
            pool.free(this);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (done) {
            rest();
            context.read();
        } else if (answer == null) {
            context.read();
        } else {
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

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        due.stop();
        fail(due.headSeen() ? PoolFailure.BROKEN : opened ? PoolFailure.RESET : PoolFailure.CONNECT);
        if (opened) {
            pool.gone(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // With TLS 1.3 a certificate that we did not show is missed after the handshake was over for us.
        if (!reused && !bytesSeen && cause.getCause() instanceof SSLException) {
            fail(PoolFailure.TLS);
        }
        context.close(); // and channelInactive tells whoever waits
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
        if (part instanceof LastHttpContent) {
            due.requestEnds();
        }
        ctx().write(part, ctx().voidPromise());
        due.written(writable());
    }

    @Override
    public void flush() {
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

    /** The client does not take what came, so nothing is waited for. */
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
        tunnel = true;
        due.untimed();
        ctx().pipeline().remove(HttpClientCodec.class);
    }

    @Override
    public void writeBytes(ByteBuf bytes) {
        if (closed) {
            bytes.release();
        } else {
            ctx().write(bytes, ctx().voidPromise());
        }
    }

    @Override
    public void cancel() {
        answer = null;
        due.clear();
        close();
    }

    private void late() {
        fail(PoolFailure.TIMEOUT);
        close();
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }
}
