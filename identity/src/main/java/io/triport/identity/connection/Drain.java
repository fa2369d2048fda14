package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The orderly end of an app's connections. First {@link #begin}: every reply says {@code Connection: close}. Then {@link
 * #await}: no new connections, and the last replies. Safe for many threads.
 */
public final class Drain {
    /*
     * Waking the waiter
     *
     * Requests only touch the atomic. Who brings it to zero looks whether somebody may be waiting; the waiter says so
     * before it looks at the atomic. One of the two therefore sees the other, and the lock is taken only at the end.
     */
    private final Ticker ticker;
    private final Set<FramingGuard> connections = ConcurrentHashMap.newKeySet();
    private final Set<Channel> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile Stage stage = Stage.SERVING;

    public Drain(Ticker ticker) {
        this.ticker = ticker;
    }

    /** From now on every reply closes its connection. Idle connections stay open: a request may be on its way. */
    public void begin() {
        stage = Stage.DRAINING;
    }

    /**
     * Closes the listeners and the idle connections, and waits for the others to get their replies, those that the edge gives included.
     *
     * @return whether all replies were sent in time
     */
    public boolean await(Duration most) throws InterruptedException {
        var until = ticker.nanos() + most.toNanos();
        stage = Stage.CLOSING;
        listeners.forEach(listener -> listener.close().syncUninterruptibly());
        connections.forEach(FramingGuard::closeIfIdle);
        synchronized (this) {
            while (busy.get() > 0) {
                var left = until - ticker.nanos();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return true;
    }

    public boolean begun() {
        return stage != Stage.SERVING;
    }

    /** Connections on which a request has begun and its reply is not yet wholly sent. */
    public int busy() {
        return busy.get();
    }

    boolean closesIdle() {
        return stage == Stage.CLOSING;
    }

    void listens(Channel listener) {
        listeners.add(listener);
    }

    void opened(FramingGuard connection) {
        connections.add(connection);
    }

    void closed(FramingGuard connection) {
        connections.remove(connection);
    }

    void requestBegun() {
        busy.incrementAndGet();
    }

    void requestEnded() {
        if (busy.decrementAndGet() == 0 && stage == Stage.CLOSING) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private enum Stage {
        SERVING,
        DRAINING,
        CLOSING
    }
}
