package io.triport.identity.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a real listening socket, with its threads held where a connection is about to be lost. */
final class ListenerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    private static final int CLIENTS = 20;

    private final TestTicker ticker = new TestTicker();
    private final Drain drain = new Drain(ticker);
    private final EventLoopGroup accepting = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoopGroup serving = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Socket> clients = new ArrayList<>();
    private Channel channel;

    @BeforeEach
    void listen() {
        var limits = Wire.LIMITS;
        var shared = new Shared(limits, Wire.REFUSALS, new Places(limits.work(), ticker), drain, ticker);
        channel = new ServerBootstrap()
                .group(accepting, serving)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        var framing = new FramingGuard(shared, Wire.visit(limits));
                        connection
                                .pipeline()
                                .addLast(
                                        framing,
                                        new HttpServerCodec(),
                                        new ExchangeGuard(
                                                framing, shared, target -> true, ExchangeGuard.Trailers.DROPPED),
                                        new Wire.App());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        drain.listens(new Listener(channel, drain));
    }

    @AfterEach
    void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
        accepting.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
        serving.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void requests_on_connections_that_wait_to_be_accepted_are_answered() throws Exception {
        var held = hold(accepting);
        connect();
        sendAll();

        var drained = drained();
        held.countDown();

        assertAllAnswered();
        assertThat(drained.get()).isTrue();
    }

    @Test
    void requests_on_connections_that_wait_for_their_pipeline_are_answered() throws Exception {
        var held = hold(serving);
        connect();
        sendAll();

        var drained = drained();
        awaitRefusal();
        held.countDown();

        assertAllAnswered();
        assertThat(drained.get()).isTrue();
    }

    @Test
    void requests_that_come_on_open_connections_after_the_listener_has_closed_are_answered() throws Exception {
        connect();

        var drained = drained();
        awaitRefusal();
        sendAll();

        assertAllAnswered();
        assertThat(drained.get()).isTrue();
    }

    @Test
    void requests_that_nobody_has_read_when_the_last_call_is_over_are_answered() throws Exception {
        connect();
        var drained = drained();
        awaitRefusal();

        var held = hold(serving);
        sendAll();
        ticker.advance(Duration.ofSeconds(1));
        held.countDown();

        assertAllAnswered();
        assertThat(drained.get()).isTrue();
    }

    @Test
    void who_says_nothing_is_not_waited_for_longer_than_the_last_call() throws Exception {
        connect();
        var drained = drained();
        awaitRefusal();

        // Whoever has not heard the last call yet counts its second from when it does.
        while (!drained.isDone()) {
            ticker.advance(Duration.ofSeconds(1));
            serving.submit(() -> {}).syncUninterruptibly();
        }

        assertThat(drained.join()).isTrue();
        for (var client : clients) {
            assertThat(client.getInputStream().read()).isNegative();
        }
    }

    private static CountDownLatch hold(EventLoopGroup group) throws InterruptedException {
        var holds = new CountDownLatch(1);
        var latch = new CountDownLatch(1);
        group.execute(() -> {
            holds.countDown();
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        holds.await();
        return latch;
    }

    private void connect() throws IOException {
        for (var i = 0; i < CLIENTS; i++) {
            var client = client();
            client.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            clients.add(client);
        }
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) channel.localAddress()).getPort());
    }

    private void sendAll() throws IOException {
        for (var client : clients) {
            client.getOutputStream().write(GET.getBytes(ISO_8859_1));
        }
    }

    private CompletableFuture<Boolean> drained() {
        var done = new CompletableFuture<Boolean>();
        drain.begin();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(drain.await(Duration.ofMinutes(1)));
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
            }
        });
        return done.orTimeout(1, TimeUnit.MINUTES);
    }

    private void awaitRefusal() {
        assertThat(channel.closeFuture().awaitUninterruptibly(1, TimeUnit.MINUTES))
                .isTrue();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> client().close());
    }

    private void assertAllAnswered() throws IOException {
        for (var client : clients) {
            // Closed at once, or the server would wait until its own clock says that this client does not close.
            try (client) {
                assertThat(new String(client.getInputStream().readAllBytes(), ISO_8859_1))
                        .startsWith("HTTP/1.1 200 ")
                        .containsIgnoringCase("connection: close")
                        .endsWith("GET / ");
            }
        }
    }
}
