package io.triport.gateway.pool;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.triport.gateway.config.UpstreamSettings.Protocol;
import java.util.concurrent.TimeUnit;

/** Builds a connection to a target: for HTTP/1.1 at first, and for HTTP/2 where that is agreed on or known before. */
final class Opening extends ChannelInitializer<Channel> {
    private static final int LONGEST_STATUS_LINE = 8 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LARGEST_PIECE = 64 * 1024;
    private static final int CONNECTION_WINDOW = 1024 * 1024;

    private final LoopPool pool;
    private final Target target;
    private final UpstreamConnection connection;
    private final Protocol protocol;
    private final long handshakeNanos;
    private final LoopPool.Arrival arrival;

    Opening(
            LoopPool pool,
            Target target,
            UpstreamConnection connection,
            Protocol protocol,
            long handshakeNanos,
            LoopPool.Arrival arrival) {
        this.pool = pool;
        this.target = target;
        this.connection = connection;
        this.protocol = protocol;
        this.handshakeNanos = handshakeNanos;
        this.arrival = arrival;
    }

    @Override
    protected void initChannel(Channel channel) {
        var tls = target.tls();
        if (tls != null) {
            channel.pipeline()
                    .addLast(handshake(tls.newHandler(
                            channel.alloc(),
                            target.address().hostName(),
                            target.address().port())));
        }
        if (protocol == Protocol.HTTP2 || protocol == Protocol.AUTO && tls != null) {
            channel.closeFuture().addListener(closed -> arrival.end());
            channel.pipeline().addLast(new Agreement());
        } else {
            arrival.end();
        }
        channel.pipeline()
                .addLast(new HttpClientCodec(
                        new HttpDecoderConfig()
                                .setMaxInitialLineLength(LONGEST_STATUS_LINE)
                                .setMaxHeaderSize(LONGEST_HEAD)
                                .setMaxChunkSize(LARGEST_PIECE),
                        false,
                        false));
        channel.pipeline().addLast(connection);
    }

    private SslHandler handshake(SslHandler handler) {
        handler.setHandshakeTimeout(handshakeNanos, TimeUnit.NANOSECONDS);
        var parameters = handler.engine().getSSLParameters();
        if (!target.settings().tls().verifyHost()) {
            parameters.setEndpointIdentificationAlgorithm("");
        }
        parameters.setApplicationProtocols(
                switch (protocol) {
                    case AUTO -> new String[] {ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1};
                    case HTTP2 -> new String[] {ApplicationProtocolNames.HTTP_2};
                    case HTTP1 -> new String[] {ApplicationProtocolNames.HTTP_1_1};
                });
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /** Waits for what the target wants to speak, before anything is said. */
    private final class Agreement extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (target.tls() == null) {
                speakStreams(context);
            } else {
                context.fireChannelActive();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent handshake) || !handshake.isSuccess()) {
                context.fireUserEventTriggered(event);
            } else if (ApplicationProtocolNames.HTTP_2.equals(
                    context.pipeline().get(SslHandler.class).engine().getApplicationProtocol())) {
                speakStreams(context);
            } else if (protocol == Protocol.HTTP2) {
                connection.disagree();
            } else {
                arrival.end();
                context.fireUserEventTriggered(event);
                context.pipeline().remove(this);
                pool.single();
            }
        }

        private void speakStreams(ChannelHandlerContext context) {
            var pipeline = context.pipeline();
            pipeline.remove(HttpClientCodec.class);
            pipeline.remove(connection);
            var shared = new SharedConnection(pool, target, arrival::end);
            pipeline.addLast(codec(), new Http2MultiplexHandler(new Unasked()), shared);
            var channel = context.channel();
            channel.writeAndFlush(
                    new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE));
            channel.config().setAutoRead(true);
            var first = connection.handOver();
            if (first != null) {
                shared.begin(first);
            }
            pool.shares(shared);
            pipeline.remove(this);
        }

        private static Http2FrameCodec codec() {
            return Http2FrameCodecBuilder.forClient()
                    .initialSettings(
                            Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(LONGEST_HEAD))
                    .encoderIgnoreMaxHeaderListSize(true)
                    .gracefulShutdownTimeoutMillis(0)
                    .build();
        }
    }

    /** What a server pushes. It was told not to. */
    private static final class Unasked extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            stream.close();
        }
    }
}
