package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectListing;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.Staleness;
import io.triport.domain.request.Fetch;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.TrustedProxies;
import io.triport.identity.log.RequestLog;
import io.triport.identity.stream.ObjectTalk;
import io.triport.identity.stream.SocketHandshake;
import io.triport.identity.stream.StreamApp;
import io.triport.identity.stream.StreamEdge;
import io.triport.identity.stream.StreamReply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A WebSocket of a client that is joined to an object, over a real connection. */
@Timeout(60)
final class ObjectSocketServerTest {
    private static final int LARGE = 300_000;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Echo object = new Echo();
    private final StreamEdge edge = new StreamEdge(
            new App(object),
            new StreamEdge.Means(
                    new TakenOver(Clock.systemUTC()),
                    new TrustedProxies(List.of()),
                    new RequestLog(new SimpleMeterRegistry(), Ticker.system()),
                    Clock.systemUTC(),
                    Ticker.system(),
                    Randomness.system()));
    private final Channel server = listen();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        server.close().syncUninterruptibly();
        edge.close();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void what_is_said_goes_both_ways_whole_and_so_does_the_end() throws InterruptedException {
        var heard = new Heard();
        var socket = open("room", heard).join();
        var large = "x".repeat(LARGE);

        socket.sendText("one", true).join();
        socket.sendText(large.substring(0, LARGE / 2), false).join();
        socket.sendText(large.substring(LARGE / 2), true).join();
        socket.sendPing(ByteBuffer.allocate(4)).join();
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), true).join();

        assertThat(heard.next()).isEqualTo("one");
        assertThat(heard.next()).isEqualTo(large);
        assertThat(heard.next()).isEqualTo("0102");
        socket.sendClose(4001, "tired").join();
        assertThat(object.ends.take()).isEqualTo(new SocketClose(4001, "tired"));
    }

    @Test
    void an_object_closes_the_connection_with_its_own_words() throws InterruptedException {
        var heard = new Heard();
        var socket = open("room", heard).join();

        socket.sendText("close", true).join();

        assertThat(heard.next()).isEqualTo("closed 4000 enough");
    }

    @Test
    void a_connection_that_is_cut_is_told_to_the_object() throws InterruptedException {
        var socket = open("room", new Heard()).join();

        socket.abort();

        assertThat(object.ends.take()).isEqualTo(SocketClose.CUT);
    }

    @Test
    void a_client_that_the_object_does_not_want_hears_so_in_the_answer_to_its_request() {
        assertThatThrownBy(() -> open("closed", new Heard()).join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }

    private CompletableFuture<WebSocket> open(String path, WebSocket.Listener listener) {
        var port = ((InetSocketAddress) server.localAddress()).getPort();
        return client.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port + "/" + path), listener);
    }

    private Channel listen() {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new HttpServerCodec(), edge.handler(connection));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private record App(DurableObjects objects) implements StreamApp {
        @Override
        public boolean builtIn(Asked asked) {
            return false;
        }

        @Override
        public StreamReply answer(Fetch fetch) {
            var agreed = SocketHandshake.of(fetch).orElseThrow();
            var id = objects.named(ObjectName.of("echo"));
            var wanted = new ObjectEvent(fetch.target().path());
            return ObjectTalk.connect(objects, id, wanted, ObjectTalk.Terms.usual(() -> true))
                    .map(talk -> StreamReply.socket(agreed, talk))
                    .orElseGet(() -> StreamReply.of(403));
        }

        @Override
        public StreamReply failed(Fetch fetch, RuntimeException failure) {
            return StreamReply.of(500);
        }
    }

    /** Keeps texts and bytes as they come whole. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        private String next() throws InterruptedException {
            return all.take();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                all.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            var hex = new StringBuilder();
            while (data.hasRemaining()) {
                hex.append("%02x".formatted(data.get()));
            }
            all.add(hex.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            all.add("closed " + code + " " + reason);
            return null;
        }
    }

    /** Says again what it hears; closes when it is asked to; takes nobody who wants something else than the room. */
    private static final class Echo implements DurableObjects {
        private final ObjectIds ids = new ObjectIds(new ObjectClass("echo"));
        private final BlockingQueue<SocketClose> ends = new LinkedBlockingQueue<>();

        @Override
        public Optional<SocketLink> connect(ObjectId id, ObjectEvent event, ClientSocket client) {
            if (!event.operation().equals("/room")) {
                return Optional.empty();
            }
            return Optional.of(new SocketLink() {
                @Override
                public void message(SocketMessage message) {
                    if (message.equals(new SocketMessage.Text("close"))) {
                        client.close(new SocketClose(4000, "enough"));
                    } else {
                        client.send(message);
                    }
                }

                @Override
                public void closed(SocketClose how) {
                    ends.add(how);
                }
            });
        }

        @Override
        public ObjectId named(ObjectName name) {
            return ids.named(name);
        }

        @Override
        public ObjectId fresh() {
            throw new UnsupportedOperationException("fresh");
        }

        @Override
        public ObjectId parse(String text) {
            return ids.parse(text);
        }

        @Override
        public ObjectAnswer inTurn(ObjectId id, ObjectEvent event) {
            throw new UnsupportedOperationException("turn");
        }

        @Override
        public ObjectAnswer read(ObjectId id, ObjectEvent event, Staleness most) {
            throw new UnsupportedOperationException("read");
        }

        @Override
        public ObjectListing list(Optional<ObjectId> after, int limit) {
            throw new UnsupportedOperationException("list");
        }
    }
}
