package io.triport.gateway.pool;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.triport.domain.time.Ticker;
import io.triport.gateway.config.TargetSettings;
import io.triport.gateway.config.UpstreamSettings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One server and the connections to it. Safe for many threads; the connections of each event loop are confined to it. */
public final class Target {
    /*
     * One bound, many loops
     *
     * Each loop has its own idle connections, but the number of open ones is bounded for all together. So a loop that finds
     * the bound reached asks the others to give up one that they do not use, and whoever closes a connection while others
     * wait tells them that there is room.
     */
    private final TargetSettings address;
    private final UpstreamSettings settings;
    private final @Nullable SslContext tls;
    private final Names names;
    private final Ticker ticker;
    private final ConcurrentHashMap<EventLoop, LoopPool> pools = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean streams;

    /** @param tls null where the target speaks plain text */
    public Target(
            TargetSettings address, UpstreamSettings settings, @Nullable SslContext tls, Names names, Ticker ticker) {
        this.address = address;
        this.settings = settings;
        this.tls = tls;
        this.names = names;
        this.ticker = ticker;
        this.streams = settings.protocol() == UpstreamSettings.Protocol.HTTP2;
    }

    /** Finds or makes a connection and tells the answer, now or later, on this loop. @param by of the ticker, when to give up */
    public void acquire(EventLoop loop, Answer answer, long by) {
        pool(loop).acquire(answer, by);
    }

    /** A time of its ticker. */
    public long nanosFromNow(long nanos) {
        return ticker.nanos() + nanos;
    }

    /** Closes what is idle, and what is in use after its answer. Streams in use go on to their end. */
    public void retire() {
        pools.values().forEach(pool -> pool.loop().execute(pool::retire));
    }

    public TargetSettings address() {
        return address;
    }

    /** Whether it was made for settings that differ from these in their targets and what chooses among them alone. */
    public boolean serves(UpstreamSettings other) {
        return settings.tls().equals(other.tls())
                && settings.pool().equals(other.pool())
                && settings.timeout().equals(other.timeout())
                && settings.protocol() == other.protocol()
                && judgedAs(other);
    }

    /** Whether these settings say the same of when it works and when it does not. */
    public boolean judgedAs(UpstreamSettings other) {
        return settings.breaker().equals(other.breaker())
                && java.util.Objects.equals(settings.health(), other.health());
    }

    /** Open connections of all loops. */
    public int open() {
        return open.get();
    }

    /** Requests of all loops that wait for a connection. */
    public int waiting() {
        return waiting.get();
    }

    UpstreamSettings settings() {
        return settings;
    }

    @Nullable
    SslContext tls() {
        return tls;
    }

    Names names() {
        return names;
    }

    Ticker ticker() {
        return ticker;
    }

    /** Whether a connection is expected to carry several requests, as the last one did. */
    boolean streams() {
        return streams;
    }

    void streams(boolean agreed) {
        streams = agreed;
    }

    boolean mayOpen() {
        while (true) {
            var now = open.get();
            if (now >= settings.pool().maxConnections()) {
                return false;
            }
            if (open.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    void closed() {
        open.decrementAndGet();
    }

    boolean mayWait() {
        while (true) {
            var now = waiting.get();
            if (now >= settings.pool().maxPending()) {
                return false;
            }
            if (waiting.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    void waitedEnough() {
        waiting.decrementAndGet();
    }

    boolean othersWait() {
        return waiting.get() > 0;
    }

    /** Somebody waits, and all connections are open: who has an idle one shall close it. */
    void askOthersToYield(LoopPool asking) {
        for (var pool : pools.values()) {
            if (!pool.equals(asking)) {
                pool.loop().execute(pool::yieldIdle);
            }
        }
    }

    /** There is room for a connection. */
    void tellOthers(LoopPool telling) {
        for (var pool : pools.values()) {
            if (!pool.equals(telling)) {
                pool.loop().execute(pool::serveWaiting);
            }
        }
    }

    private LoopPool pool(EventLoop loop) {
        var pool = pools.get(loop);
        return pool == null ? pools.computeIfAbsent(loop, fresh -> new LoopPool(this, fresh)) : pool;
    }
}
