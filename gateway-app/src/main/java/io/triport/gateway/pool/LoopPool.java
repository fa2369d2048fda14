package io.triport.gateway.pool;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The connections of one event loop to one target. Confined to the loop. */
final class LoopPool {
    private static final int LONGEST_STATUS_LINE = 8 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LARGEST_PIECE = 64 * 1024;

    private final Target target;
    private final EventLoop loop;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean retired;

    /** Somebody who will get a connection, or hear that there is none. */
    private static final class Waiting {
        private final Answer answer;
        private final long by;
        private boolean over;

        private Waiting(Answer answer, long by) {
            this.answer = answer;
            this.by = by;
        }
    }

    LoopPool(Target target, EventLoop loop) {
        this.target = target;
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }

    void acquire(Answer answer, long by) {
        var connection = liveIdle();
        if (connection != null) {
            connection.begin(answer);
        } else if (target.mayOpen()) {
            connect(answer, by);
        } else if (target.mayWait()) {
            var waiter = new Waiting(answer, by);
            waiting.add(waiter);
            loop.schedule(() -> giveUp(waiter), by - target.ticker().nanos(), TimeUnit.NANOSECONDS);
            target.askOthersToYield(this);
        } else {
            answer.failed(PoolFailure.EXHAUSTED);
        }
    }

    /** The answer on it is complete, and it can carry another. */
    void free(UpstreamConnection connection) {
        var next = nextWaiting();
        if (next != null) {
            connection.begin(next.answer);
        } else if (retired || target.othersWait()) {
            connection.close();
        } else {
            idle.addLast(connection);
        }
    }

    /** It is closed. */
    void gone(UpstreamConnection connection) {
        idle.remove(connection);
        roomMade();
    }

    void yieldIdle() {
        if (waiting.isEmpty() && target.othersWait()) {
            var oldest = idle.pollFirst();
            if (oldest != null) {
                oldest.close();
            }
        }
    }

    void serveWaiting() {
        while (!waiting.isEmpty() && target.mayOpen()) {
            var next = nextWaiting();
            if (next == null) {
                target.closed();
                return;
            }
            connect(next.answer, next.by);
        }
    }

    void retire() {
        retired = true;
        while (!idle.isEmpty()) {
            idle.removeFirst().close();
        }
    }

    private void roomMade() {
        target.closed();
        serveWaiting();
        if (target.othersWait()) {
            target.tellOthers(this);
        }
    }

    private void giveUp(Waiting waiter) {
        if (!waiter.over && waiting.remove(waiter)) {
            waiter.over = true;
            target.waitedEnough();
            waiter.answer.failed(PoolFailure.TIMEOUT);
        }
    }

    private @org.jspecify.annotations.Nullable Waiting nextWaiting() {
        var next = waiting.pollFirst();
        if (next != null) {
            next.over = true;
            target.waitedEnough();
        }
        return next;
    }

    private @org.jspecify.annotations.Nullable UpstreamConnection liveIdle() {
        for (var last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (last.usable()) {
                return last;
            }
            last.close();
        }
        return null;
    }

    private void connect(Answer answer, long by) {
        target.names().resolve(target.address().hostName(), loop, addresses -> connect(addresses, answer, by));
    }

    private void connect(List<InetAddress> addresses, Answer answer, long by) {
        if (addresses.isEmpty()) {
            roomMade();
            answer.failed(PoolFailure.CONNECT);
            return;
        }
        var timeout = Math.min(
                target.settings().timeout().connect().toNanos(),
                by - target.ticker().nanos());
        var connection = new UpstreamConnection(this, target, answer);
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, timeout / 1_000_000))
                .handler(new Pipeline(connection, timeout))
                .connect(new InetSocketAddress(
                        addresses.getFirst(), target.address().port()))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        connection.neverOpened();
                        roomMade();
                    }
                });
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        private final UpstreamConnection connection;
        private final long handshakeNanos;

        private Pipeline(UpstreamConnection connection, long handshakeNanos) {
            this.connection = connection;
            this.handshakeNanos = handshakeNanos;
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
            if (!target.settings().tls().verifyHost()) {
                var parameters = handler.engine().getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("");
                handler.engine().setSSLParameters(parameters);
            }
            return handler;
        }
    }
}
