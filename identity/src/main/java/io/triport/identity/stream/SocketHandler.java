package io.triport.identity.stream;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import io.triport.domain.request.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The frames of a WebSocket on its event loop, and the thread's end of it. */
final class SocketHandler extends ChannelInboundHandlerAdapter implements Socket {
    /*
     * Back-pressure
     *
     * While the thread has taken none of so many messages, or bytes, no more are read. What is sent is waited for, so that a client that
     * does not take it holds up its own thread and nothing else; the guard in front ends the connection of one that stalls.
     *
     * Closing
     *
     * After our close frame the client's is waited for, a second at most: a connection that is closed with bytes unread is
     * reset, and the reset may overtake the frame. The second begins when the connection has taken the frame, so that one who is
     * slow to read what came before it gets it, too.
     */
    static final int MOST_BYTES = 4 * 1024;

    private static final int MOST_WAITING = 16;
    private static final long FAREWELL_MILLIS = 1_000;
    private static final int UNSAID = 1005;
    private static final int CUT = 1006;

    private final int mostBytes;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private @Nullable ChannelHandlerContext ctx;
    private boolean closing;
    private boolean unread;

    /** @param mostBytes of a message */
    SocketHandler(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** What makes messages of bytes, in front of this. */
    List<ChannelHandler> decoders() {
        var frames = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .maxFramePayloadLength(mostBytes)
                .build();
        return List.of(
                new WebSocket13FrameDecoder(frames),
                new Utf8FrameValidator(false),
                new WebSocketFrameAggregator(mostBytes));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        context.read();
    }

    // The event loop.

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (closing) {
                if (message instanceof CloseWebSocketFrame) {
                    context.close();
                }
                return;
            }
            switch (message) {
                case TextWebSocketFrame frame -> {
                    waitingBytes.addAndGet(frame.content().readableBytes());
                    received.add(new Text(frame.text()));
                }
                case BinaryWebSocketFrame frame -> {
                    var bytes = Bytes.from(frame.content().nioBuffer());
                    waitingBytes.addAndGet(bytes.size());
                    received.add(new Binary(bytes));
                }
                case PingWebSocketFrame frame -> {
                    context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
                    received.add(new Ping());
                }
                case PongWebSocketFrame frame -> {
                    // Nobody asked.
                }
                case CloseWebSocketFrame frame -> {
                    var code = frame.statusCode();
                    received.add(code < 0 ? new Gone(UNSAID, "") : new Gone(code, frame.reasonText()));
                    farewell(new CloseWebSocketFrame(DONE, ""));
                    context.close();
                }
                default -> {
                    // The aggregator leaves no other.
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (closing || received.size() < MOST_WAITING && waitingBytes.get() < mostBytes) {
            context.read();
        } else {
            unread = true;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        received.add(new Gone(CUT, ""));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        received.add(new Gone(CUT, ""));
        switch (cause) {
            case TooLongFrameException tooLong ->
                farewell(new CloseWebSocketFrame(WebSocketCloseStatus.MESSAGE_TOO_BIG));
            case CorruptedWebSocketFrameException corrupted ->
                farewell(new CloseWebSocketFrame(corrupted.closeStatus()));
            case CorruptedFrameException corrupted ->
                farewell(new CloseWebSocketFrame(WebSocketCloseStatus.PROTOCOL_ERROR));
            default -> context.close();
        }
    }

    private void farewell(CloseWebSocketFrame frame) {
        if (closing) {
            frame.release();
            return;
        }
        closing = true;
        var context = ctx();
        context.writeAndFlush(frame)
                .addListener(taken ->
                        context.executor().schedule(() -> context.close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS));
        context.read();
    }

    // The thread.

    @Override
    public Received next(Duration most) throws InterruptedException {
        var next = received.poll(most.toNanos(), TimeUnit.NANOSECONDS);
        if (next != null) {
            taken(next);
        }
        ctx().executor().execute(() -> {
            if (unread) {
                unread = false;
                ctx().read();
            }
        });
        return next == null ? new Nothing() : next;
    }

    private void taken(Received next) {
        switch (next) {
            case Text(var text) -> waitingBytes.addAndGet(-Bytes.utf8(text).size());
            case Binary(var bytes) -> waitingBytes.addAndGet(-bytes.size());
            case Gone gone -> received.add(gone); // for whoever asks again
            case Ping ping -> {
                // Has no bytes of its own.
            }
            case Nothing nothing -> {
                // Is never received.
            }
        }
    }

    @Override
    public void send(String text) throws InterruptedException {
        send(() -> new TextWebSocketFrame(text));
    }

    @Override
    public void send(Bytes bytes) throws InterruptedException {
        send(() -> new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes.toByteBuffer())));
    }

    private void send(Supplier<WebSocketFrame> frame) throws InterruptedException {
        var taken = new CountDownLatch(1);
        ctx().executor().execute(() -> {
            if (closing) {
                taken.countDown();
            } else {
                ctx().writeAndFlush(frame.get()).addListener(written -> taken.countDown());
            }
        });
        taken.await();
    }

    @Override
    public void close(int code, String reason) {
        ctx().executor().execute(() -> farewell(new CloseWebSocketFrame(code, reason)));
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }
}
