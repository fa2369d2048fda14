package io.triport.identity.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ResourceLeakDetector;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection from a client's bytes to an app and back, with a clock and an allocator of its own. */
final class Wire implements AutoCloseable {
    static final EdgeLimits LIMITS = EdgeLimits.collecting(ByteSize.ofBytes(131_072));
    static final EdgeRefusals REFUSALS = new EdgeRefusals(
            refusal -> new EdgeAnswer(
                    refusal.status(),
                    "application/json",
                    Bytes.utf8("{\"code\":\"" + refusal.code() + "\"}"),
                    Map.of()),
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 [0-9]{3} [A-Za-z ]+");

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    final TestTicker ticker;
    final Drain drain;
    final Places places;
    final App app = new App();
    final Socket socket = new Socket();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

    Wire() {
        this(LIMITS);
    }

    Wire(EdgeLimits limits) {
        this(limits, new TestTicker());
    }

    private Wire(EdgeLimits limits, TestTicker ticker) {
        this(limits, ticker, new Drain(ticker), new Places(limits.work(), ticker));
    }

    Wire(EdgeLimits limits, TestTicker ticker, Drain drain, Places places) {
        this.ticker = ticker;
        this.drain = drain;
        this.places = places;
        socket.freezeTime();
        socket.config().setAllocator(allocator);
        var shared = new Shared(limits, REFUSALS, places, drain, ticker);
        var framing = new FramingGuard(shared, visit(limits));
        socket.pipeline().addLast(framing);
        socket.pipeline().addLast(new HttpServerCodec(65_536, 262_144, 8192));
        socket.pipeline()
                .addLast(new ExchangeGuard(framing, shared, target -> true, ExchangeGuard.Trailers.DROPPED), app);
    }

    /** The only connection there is. */
    static ConnectionCount.Visit visit(EdgeLimits limits) {
        return new ConnectionCount(limits.connections(), new TrustedProxies(List.of()))
                .enter(InetAddress.getLoopbackAddress())
                .orElseThrow();
    }

    Wire sends(String text) {
        return sends(text.getBytes(ISO_8859_1));
    }

    Wire sends(byte[] bytes) {
        if (socket.isActive()) {
            socket.writeInbound(allocator.buffer(bytes.length).writeBytes(bytes));
        }
        return this;
    }

    Wire after(Duration time) {
        ticker.advance(time);
        socket.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        socket.runPendingTasks();
        return this;
    }

    Wire settled() {
        socket.runPendingTasks();
        return this;
    }

    /** All that the client got since it last looked. */
    String replies() {
        var text = new StringBuilder();
        for (ByteBuf bytes = socket.readOutbound(); bytes != null; bytes = socket.readOutbound()) {
            text.append(bytes.toString(ISO_8859_1));
            bytes.release();
        }
        return text.toString();
    }

    List<String> statusLines() {
        return STATUS_LINE.matcher(replies()).results().map(MatchResult::group).toList();
    }

    boolean open() {
        return socket.isOpen();
    }

    /** Bytes that nobody gave back. */
    long leaked() {
        socket.finishAndReleaseAll();
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @Override
    public void close() {
        if (leaked() != 0) {
            throw new AssertionError(leaked() + " bytes leaked");
        }
    }

    /** Answers each whole request with its method, target and body, at once or when told. */
    static final class App extends ChannelInboundHandlerAdapter {
        final List<String> seen = new ArrayList<>();
        boolean answersAtOnce = true;
        boolean answersEarly;
        boolean flushesAtReadComplete;
        private @Nullable ChannelHandlerContext ctx;
        private String request = "";
        private StringBuilder body = new StringBuilder();

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            ctx = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest head) {
                request = head.method() + " " + head.uri();
                body = new StringBuilder();
                if (answersEarly) {
                    answer();
                }
            }
            if (message instanceof HttpContent content) {
                body.append(content.content().toString(US_ASCII));
            }
            if (message instanceof LastHttpContent last) {
                seen.add(request + " " + body + last.trailingHeaders().entries());
                if (answersAtOnce && !answersEarly) {
                    answer();
                }
            }
            if (message instanceof ByteBuf bytes) {
                seen.add(bytes.toString(ISO_8859_1));
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof ClosedChannelException)) {
                context.fireExceptionCaught(cause);
            }
        }

        void answer() {
            answer(HttpResponseStatus.OK);
        }

        void answer(HttpResponseStatus status) {
            if (ctx == null) {
                throw new IllegalStateException("no connection");
            }
            var content = Unpooled.copiedBuffer(request + " " + body, US_ASCII);
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
            ctx.write(response, ctx.voidPromise());
            if (!flushesAtReadComplete) {
                ctx.flush();
            }
            if (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                ctx.pipeline().remove(HttpServerCodec.class);
            }
        }
    }

    /** A socket whose other end may stop taking bytes. */
    static final class Socket extends EmbeddedChannel {
        boolean stalled;

        @Override
        protected void doWrite(ChannelOutboundBuffer out) throws Exception {
            if (!stalled) {
                super.doWrite(out);
            }
        }
    }
}
