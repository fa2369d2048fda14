package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Makes a connection one of HTTP/2: its frames come to a channel per stream, on which the requests are HTTP objects as they are
 * on a connection of HTTP/1.1, behind the same guard of exchanges and before the same app.
 */
final class StreamPipeline {
    /*
     * Limits
     *
     * Those of the codec stand before the client has heard of them: what it may open and how long a head may be is held
     * against it from the first frame. The codec itself counts resets, its own and the client's, and ends a connection that
     * has more than it should. The bound of a header list has room for what HTTP/2 adds to each field, so that a head that
     * HTTP/1.1 would take fits, and one that is a little longer is told so by us.
     */
    private static final int FIELD_OVERHEAD = 32;
    private static final int PSEUDO_FIELDS = 1024;
    private static final long WITHOUT_END = -1;

    private final Shared shared;
    private final ConnectionCount.Visit visit;
    private final Takeover takeover;

    StreamPipeline(Shared shared, ConnectionCount.Visit visit, Takeover takeover) {
        this.shared = shared;
        this.visit = visit;
        this.takeover = takeover;
    }

    /** Everything behind the context makes room for HTTP/2. */
    void replaceBehind(ChannelHandlerContext context) {
        var pipeline = context.pipeline();
        while (!pipeline.last().equals(context.handler())) {
            pipeline.removeLast();
        }
        var connection = new ConnectionGuard(shared, visit);
        var codec = codec();
        var limits = shared.limits().streams();
        codec.connection().remote().maxActiveStreams(limits.most());
        pipeline.addLast(
                new Farewell(),
                new FrameWatch(shared.limits().patience()),
                codec,
                new Http2MultiplexHandler(new StreamInitializer(connection)),
                connection);
        var channel = context.channel();
        channel.write(new DefaultHttp2WindowUpdateFrame(
                (int) limits.connectionWindow().bytes() - Http2CodecUtil.DEFAULT_WINDOW_SIZE));
        channel.flush();
        channel.config().setAutoRead(true);
    }

    private Http2FrameCodec codec() {
        var head = shared.limits().head();
        var streams = shared.limits().streams();
        var seconds = (int) streams.resetsIn().toSeconds();
        var list = head.section().bytes()
                + (long) head.fields() * FIELD_OVERHEAD
                + head.requestLine().bytes()
                + PSEUDO_FIELDS;
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(new Http2Settings()
                        .maxConcurrentStreams(streams.most())
                        .initialWindowSize((int) streams.window().bytes())
                        .maxHeaderListSize(list))
                .encoderIgnoreMaxHeaderListSize(true)
                .frameLogger(new LengthWatch())
                .decoderEnforceMaxRstFramesPerWindow(streams.resets(), seconds)
                .encoderEnforceMaxRstFramesPerWindow(streams.resets(), seconds)
                .gracefulShutdownTimeoutMillis(WITHOUT_END)
                .build();
    }

    private final class StreamInitializer extends ChannelInitializer<Channel> {
        private final ConnectionGuard connection;

        private StreamInitializer(ConnectionGuard connection) {
            this.connection = connection;
        }

        @Override
        protected void initChannel(Channel stream) {
            stream.config().setAutoRead(false);
            var guard = new StreamGuard(shared, connection);
            stream.pipeline()
                    .addLast(
                            guard,
                            new ExchangeGuard(guard, shared, target -> true, ExchangeGuard.Trailers.PASSED),
                            takeover.handler(stream),
                            new StreamHealth(guard));
        }
    }
}
