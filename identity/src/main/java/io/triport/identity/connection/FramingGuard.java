package io.triport.identity.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, in front of the HTTP codec: only whole, well-formed requests get through, one at a time and in time. */
final class FramingGuard extends ChannelDuplexHandler implements Carrier, Drain.Drained {
    /*
     * One at a time
     *
     * The bytes of a request are let through when the reply to the one before is on its way. So a reply of our own never
     * overtakes another, no more than one reply is ever owed, and a pipelining client takes one place and not many. What
     * it sent ahead is held, and nothing is read meanwhile. So a client that closes its half gets its reply, and one that
     * goes away keeps its place until the work that it caused is done.
     *
     * One reply each
     *
     * A refusal is written only while no reply has begun. Afterwards a status line would be taken for part of the reply's
     * body, so the connection is cut. Once refused, whatever the app still writes is dropped.
     *
     * Watching
     *
     * Where an app wants to hear at once that its client has gone, reading goes on while a reply is owed, until the first
     * bytes are held; a socket tells of its end only to those who read. A client that closes its half counts as gone then.
     *
     * Hanging up
     *
     * Closing a socket with unread bytes resets it, and the reset may overtake the reply. So our side is shut first, and
     * what still comes is thrown away, for a second at most.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");
    private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LAST_CALL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Shared shared;
    private final EdgeLimits limits;
    private final Drain drain;
    private final ConnectionCount.Visit visit;
    private final FramingScanner scanner;
    private final BodyPace pace;
    private final Busy busy;

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Deadlines deadlines;
    private @Nullable Untaken untaken;
    private @Nullable ClientSocket socket;
    private @Nullable ByteBuf held;
    private Reply reply = Reply.NONE;
    private boolean passing;
    private boolean readWanted;
    private boolean headTimed;
    private boolean lastReply;
    private boolean closing;
    private boolean hungUp;
    private boolean tunnel;
    private boolean called;
    private boolean watching;
    private int heads;

    FramingGuard(Shared shared, ConnectionCount.Visit visit) {
        this.shared = shared;
        this.limits = shared.limits();
        this.drain = shared.drain();
        this.visit = visit;
        this.scanner = new FramingScanner(limits);
        this.pace = new BodyPace(limits.pace());
        this.busy = new Busy(drain);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        deadlines = new Deadlines(context.executor(), shared.ticker(), this::late);
        var under = new ClientSocket(context.channel());
        socket = under;
        untaken = new Untaken(deadlines, limits.patience().stalledReply(), under::progress, this::settle);
        await(limits.patience().firstByte().toNanos());
        drain.opened(this, context.channel());
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
        if (tunnel || !(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        if (closing || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        if (pace.waiting()) {
            pace.received(bytes.readableBytes(), deadlines().now());
            deadlines().clear(Deadlines.Kind.INCOMING);
        }
        held = held == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), held, bytes);
        pass();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete(); // even when closing: the server may flush its last reply only now
        if (closing) {
            context.read();
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (replyOwed() && scanner.inHead() && !closing && !tunnel && !(watching && held == null)) {
            readWanted = true;
            return;
        }
        if (!closing && !tunnel && !scanner.inHead() && !pace.waiting()) {
            deadlines().set(Deadlines.Kind.INCOMING, pace.waitFrom(deadlines().now()));
        }
        context.read();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (closing) {
            drop(message, promise);
        } else {
            send(message, promise.unvoid());
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        untaken().flushed();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (closing && context.channel().isActive()) {
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
            settle();
        } else {
            context.close(promise);
        }
    }

    /** What is no TLS, or one that we do not speak, is the client's affair and not worth a line above debug. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException) {
            LOG.debug("refused reason=tls peer={} cause={}", context.channel().remoteAddress(), cause.getMessage());
            context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    /** Ends the connection, too. */
    @Override
    public void refuse(EdgeRefusal why, @Nullable HttpRequest unseen) {
        if (closing) {
            return;
        }
        stopReceiving();
        LOG.info(
                "refused status={} reason={} peer={}",
                why.status(),
                why.code(),
                ctx().channel().remoteAddress());
        var beside = shared.listener().beside(ctx().channel(), unseen);
        var told = shared.listener().refused(why, ctx().channel());
        switch (reply) {
            case NONE, DUE -> {
                send(shared.refusals().toConnection(why, told, beside, scanner.asksForHeadOnly()), ctx().newPromise());
                flush(ctx());
            }
            case BEGUN -> ctx().close();
            case DONE -> settle();
        }
    }

    /** From now on the end of the connection is noticed while a reply is owed, too. */
    void watch() {
        watching = true;
    }

    /** The same for a reply that is owed already, behind which nobody may ask for anything. On the event loop. */
    void watchNow() {
        watching = true;
        readWanted = false;
        read(ctx());
    }

    @Override
    public boolean closing() {
        return closing;
    }

    @Override
    public boolean wantsLastReply() {
        return drain.begun() || heads >= limits.connections().requests();
    }

    @Override
    public void replyBegins(boolean last) {
        reply = Reply.BEGUN;
        lastReply = last;
    }

    @Override
    public void replyEnds() {
        if (tunnel) {
            return;
        }
        reply = scanner.inHead() ? Reply.NONE : Reply.DONE;
        if (lastReply) {
            stopReceiving();
        } else if (held != null) {
            if (!passing) {
                ctx().executor().execute(this::resume);
            }
        } else {
            if (scanner.inHead()) {
                await(limits.patience().keepAlive().toNanos());
            }
            readAgain();
        }
        settle();
    }

    @Override
    public void becomesTunnel() {
        tunnel = true;
        deadlines().clear(Deadlines.Kind.INCOMING);
        busy.end();
        ctx().executor().execute(this::resume);
    }

    @Override
    public void onOwnLoop(Runnable task) {
        ctx().executor().execute(task);
    }

    @Override
    public void lastCall() {
        if (!closing && idle() && !called) {
            called = true;
            busy.begin();
            await(LAST_CALL_NANOS);
        }
    }

    @Override
    public void timeUp() {
        if (closing || tunnel) {
            return;
        }
        if (held == null && scanner.inHead() && reply == Reply.NONE) {
            ctx().close(); // nothing was asked
        } else {
            refuse(EdgeRefusal.DRAINING);
        }
    }

    static void drop(Object message, ChannelPromise promise) {
        ReferenceCountUtil.release(message);
        if (!promise.isVoid()) {
            promise.tryFailure(new ClosedChannelException());
        }
    }

    private void pass() {
        if (passing) {
            return;
        }
        passing = true;
        try {
            var sound = 1;
            while (held != null && !closing && !tunnel && sound > 0 && !(scanner.inHead() && replyOwed())) {
                sound = passSound(held);
            }
        } finally {
            passing = false;
        }
        if (!closing) {
            settle();
        }
    }

    private int passSound(ByteBuf bytes) {
        busy.begin();
        var sound = scanner.accept(bytes);
        var refusal = scanner.refusal();
        if (refusal != null) {
            refuse(refusal);
            return 0;
        }
        if (heads != scanner.heads()) {
            heads = scanner.heads();
            headTimed = false;
            reply = Reply.DUE;
            pace.begin();
            deadlines().clear(Deadlines.Kind.INCOMING);
            if (heads == 1 && !visit.within()) {
                refuse(EdgeRefusal.OVERLOADED);
                return 0;
            }
        } else if (scanner.inHead() && !scanner.complete() && !headTimed) {
            headTimed = true;
            await(limits.patience().head().toNanos());
        }
        if (scanner.complete() && reply == Reply.DONE) {
            reply = Reply.NONE;
            await(limits.patience().keepAlive().toNanos());
        }
        if (sound > 0) {
            var whole = sound == bytes.readableBytes();
            held = whole ? null : bytes;
            ctx().fireChannelRead(whole ? bytes : bytes.readRetainedSlice(sound));
        }
        return sound;
    }

    private void resume() {
        var bytes = held;
        if (tunnel && bytes != null) {
            held = null;
            ctx().fireChannelRead(bytes);
        } else {
            pass();
        }
        ctx().fireChannelReadComplete();
        readAgain();
    }

    private void readAgain() {
        if (readWanted) {
            readWanted = false;
            read(ctx());
        }
    }

    private void send(Object message, ChannelPromise promise) {
        ctx().write(message, untaken().add(promise));
    }

    private void late(Deadlines.Kind kind) {
        switch (kind) {
            case INCOMING -> lateToSend();
            case OUTGOING -> {
                if (untaken().stalls()) {
                    socket().reset();
                }
            }
        }
    }

    private void lateToSend() {
        if (closing) {
            ctx().close();
        } else if (idle()) {
            var before = heads;
            socket().look();
            if (idle() && heads == before) {
                ctx().close();
            }
        } else if (scanner.inHead() && held == null) {
            await(limits.patience().keepAlive().toNanos()); // the reply before is still being taken
        } else {
            refuse(EdgeRefusal.REQUEST_TIMEOUT);
        }
    }

    private void settle() {
        if (!untaken().isEmpty()) {
            return;
        }
        if (!replyOwed()) {
            Holdings.taken(ctx().channel());
        }
        if (closing) {
            hangUp();
        } else if (idle()) {
            busy.end();
            if (drain.closing()) {
                lastCall();
            }
        }
    }

    private void hangUp() {
        if (hungUp) {
            return;
        }
        hungUp = true;
        visit.ends();
        if (socket().shut()) {
            await(LINGER_NANOS);
            ctx().read();
        } else {
            ctx().close();
        }
    }

    private void stopReceiving() {
        closing = true;
        release();
        deadlines().clear(Deadlines.Kind.INCOMING);
    }

    private void end() {
        closing = true;
        release();
        deadlines().cancel();
        busy.end();
        drain.closed(this);
        Holdings.ended(ctx().channel());
    }

    private void release() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    private boolean idle() {
        return held == null
                && scanner.inHead()
                && reply == Reply.NONE
                && untaken().isEmpty()
                && !tunnel;
    }

    private boolean replyOwed() {
        return reply == Reply.DUE || reply == Reply.BEGUN;
    }

    private void await(long nanos) {
        deadlines().set(Deadlines.Kind.INCOMING, deadlines().now() + nanos);
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

    private ClientSocket socket() {
        return placed(socket);
    }

    private static <T> T placed(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return part;
    }

    /** Of the request that was let through last. */
    private enum Reply {
        NONE,
        DUE,
        BEGUN,
        DONE
    }
}
