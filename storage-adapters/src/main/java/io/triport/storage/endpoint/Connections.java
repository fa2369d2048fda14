package io.triport.storage.endpoint;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.triport.domain.request.Nearby;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Kept connections, a pool of them for each address. Safe for many threads. */
public final class Connections implements AutoCloseable {
    /*
     * Whose threads
     *
     * A connection that is opened for a client's request lives on the event loop of that client's connection, where it is known
     * (Nearby): so a body goes from one socket to the other on one thread. All others live on loops of our own.
     */
    static final int MOST_OPEN = 256;
    static final Duration CONNECT = Duration.ofSeconds(2);
    /** How long a body waits to be asked for. */
    static final Duration LEAVE = Duration.ofSeconds(3);
    /** Shorter than endpoints keep a silent connection: one that they close as we use it costs a request. */
    static final Duration KEPT = Duration.ofSeconds(10);

    private final EventLoopGroup loops;
    private final Ticker ticker;
    private final ConcurrentHashMap<Address, Pool> pools = new ConcurrentHashMap<>();
    private volatile @Nullable SslContext tls;

    private Connections(EventLoopGroup loops, Ticker ticker, @Nullable SslContext tls) {
        this.loops = loops;
        this.ticker = ticker;
        this.tls = tls;
    }

    /** Opens nothing yet. @param threads their names */
    public static Connections start(String threads, Ticker ticker) {
        return start(threads, ticker, null);
    }

    /** @param tls null to trust the system's authorities */
    static Connections start(String threads, Ticker ticker, @Nullable SslContext tls) {
        var loops = new MultiThreadIoEventLoopGroup(new DefaultThreadFactory(threads, true), NioIoHandler.newFactory());
        var connections = new Connections(loops, ticker, tls);
        loops.next()
                .scheduleWithFixedDelay(connections::sweep, KEPT.toMillis(), KEPT.toMillis(), TimeUnit.MILLISECONDS);
        return connections;
    }

    /** Sends as soon as there is a connection, for which it waits two seconds at most. Looks a name up on the calling thread. */
    public Sent send(Call call, Reception reception) {
        var exchange = new Exchange(call, reception);
        pools.computeIfAbsent(call.address(), address -> new Pool(address, this))
                .acquire(exchange, near());
        return exchange;
    }

    /** Whether a request failed before anything of it was sent. @param cause what it failed with, or what that came of */
    public static boolean neverSent(Throwable cause) {
        return cause instanceof NoConnection;
    }

    /** Threads for what has to be looked at from time to time. */
    public EventLoopGroup loops() {
        return loops;
    }

    /** Connections that are used. */
    public int busy() {
        return pools.values().stream().mapToInt(Pool::busy).sum();
    }

    /** Connections that are kept. */
    public int idle() {
        return pools.values().stream().mapToInt(Pool::idle).sum();
    }

    /** Requests that wait for a connection. */
    public int waiting() {
        return pools.values().stream().mapToInt(Pool::waiting).sum();
    }

    @Override
    public void close() {
        pools.values().forEach(Pool::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    Ticker ticker() {
        return ticker;
    }

    /** The system's authorities are trusted, and the name is checked. */
    SslContext tls() {
        var made = tls;
        if (made == null) {
            try {
                made = SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .endpointIdentificationAlgorithm("HTTPS")
                        .build();
                tls = made;
            } catch (SSLException e) {
                throw new IllegalStateException("TLS (expected: every JDK has it)", e);
            }
        }
        return made;
    }

    private static @Nullable EventLoop near() {
        return Nearby.executor()
                .filter(executor -> executor instanceof IoEventLoop loop && loop.isCompatible(NioIoHandle.class))
                .map(EventLoop.class::cast)
                .orElse(null);
    }

    private void sweep() {
        pools.values().forEach(Pool::sweep);
    }
}
