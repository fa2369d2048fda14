package io.triport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server behind the gateway that speaks HTTP/2, with prior knowledge or inside TLS, and does as it is told. */
final class StreamUpstream implements AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Queue<Request> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final CountDownLatch reset = new CountDownLatch(1);
    private final Behaviour behaviour;
    private final @Nullable SslContext tls;
    private final Channel server;

    private StreamUpstream(Behaviour behaviour, Http2Settings settings, @Nullable SslContext tls) {
        this.behaviour = behaviour;
        this.tls = tls;
        this.server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        accept(connection, settings);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** What a request looked like when it came. */
    record Request(Map<String, String> fields, String body, Map<String, String> trailers) {
        String path() {
            return fields.getOrDefault(":path", "");
        }
    }

    /** What to do with a request that is whole; called on the event loop. */
    interface Behaviour {
        void answer(Request request, Reply reply);
    }

    /** The stream to answer on. */
    record Reply(Channel stream) {
        Reply head(boolean last, String... fields) {
            return fields(new DefaultHttp2Headers().status("200"), last, fields);
        }

        Reply trailers(String... fields) {
            return fields(new DefaultHttp2Headers(), true, fields);
        }

        private Reply fields(Http2Headers headers, boolean last, String... fields) {
            for (var i = 0; i < fields.length; i += 2) {
                headers.add(fields[i], fields[i + 1]);
            }
            stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers, last));
            return this;
        }

        Reply data(String text, boolean last) {
            stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, ISO_8859_1), last));
            return this;
        }

        void ok(String body) {
            head(false).data(body, true);
        }

        void reset(Http2Error why) {
            stream.writeAndFlush(new DefaultHttp2ResetFrame(why));
        }

        /** Says that it goes, and closes when its streams are over. */
        void goAway() {
            stream.parent().close();
        }
    }

    static StreamUpstream doing(Behaviour behaviour) {
        return new StreamUpstream(behaviour, Http2Settings.defaultSettings(), null);
    }

    static StreamUpstream taking(int most, Behaviour behaviour) {
        return new StreamUpstream(behaviour, Http2Settings.defaultSettings().maxConcurrentStreams(most), null);
    }

    static StreamUpstream inside(SslContext tls, Behaviour behaviour) {
        return new StreamUpstream(behaviour, Http2Settings.defaultSettings(), tls);
    }

    String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:"
                + ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Requests in the order in which they came. */
    List<Request> seen() {
        return new ArrayList<>(seen);
    }

    int connections() {
        return connections.get();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** Whether the gateway reset a stream, in the time. */
    boolean wasReset() throws InterruptedException {
        return reset.await(30, TimeUnit.SECONDS);
    }

    private void accept(Channel connection, Http2Settings settings) {
        connections.incrementAndGet();
        if (tls != null) {
            connection.pipeline().addLast(tls.newHandler(connection.alloc()));
        }
        connection
                .pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forServer()
                                .initialSettings(settings)
                                .build(),
                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel stream) {
                                stream.pipeline().addLast(new Serve());
                            }
                        }));
    }

    private final class Serve extends ChannelInboundHandlerAdapter {
        private final Map<String, String> fields = new HashMap<>();
        private final Map<String, String> trailers = new HashMap<>();
        private final StringBuilder body = new StringBuilder();

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            atOnce.decrementAndGet();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var last = false;
            if (message instanceof Http2HeadersFrame head) {
                var into = fields.isEmpty() ? fields : trailers;
                for (var field : head.headers()) {
                    into.merge(field.getKey().toString(), field.getValue().toString(), (a, b) -> a + "|" + b);
                }
                last = head.isEndStream();
            } else if (message instanceof Http2DataFrame data) {
                body.append(data.content().toString(ISO_8859_1));
                last = data.isEndStream();
            }
            ReferenceCountUtil.release(message);
            if (last) {
                var request = new Request(Map.copyOf(fields), body.toString(), Map.copyOf(trailers));
                seen.add(request);
                behaviour.answer(request, new Reply(context.channel()));
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame) {
                reset.countDown();
            }
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
