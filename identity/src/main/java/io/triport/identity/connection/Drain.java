package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The orderly end of an app's connections. First {@link #begin}: every reply says {@code Connection: close}. Then {@link
 * #await}: no new connections, a last call to those that are idle, and the last replies. Where these take too long, {@link #end}.
 * Safe for many threads.
 */
public final class Drain {
    /*
     * Waking the waiter
     *
     * Requests only touch the atomic. Who brings it to zero looks whether somebody may be waiting; the waiter says so
     * before it looks at the atomic. One of the two therefore sees the other, and the lock is taken only at the end.
     *
     * The last call
     *
     * A request may be on its way when the listener closes: on a connection that was just accepted, or behind a reply that
     * did not say yet that it is the last. So an idle connection is not closed at once but when nothing has come for a
     * second. Whatever is still to be done for a connection counts as busy: to build its pipeline, to call it, its lingering.
     */
    private final Ticker ticker;
    private final Set<Drained> connections = ConcurrentHashMap.newKeySet();
    private final Set<Channel> arriving = ConcurrentHashMap.newKeySet();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile Stage stage = Stage.SERVING;
    private volatile long closedAt;

    public Drain(Ticker ticker) {
        this.ticker = ticker;
    }

    /** From now on every reply closes its connection. Idle connections stay open: a request may be on its way. */
    public void begin() {
        stage = Stage.DRAINING;
    }

    /**
     * Closes the listeners, then the connections when they are idle, and waits for the others to get their replies, those that
     * the edge gives included.
     *
     * @return whether all replies were sent in time
     */
    public boolean await(Duration most) throws InterruptedException {
        close();
        return done(most);
    }

    /**
     * There is no more time: who waits for an answer is told so, and an answer that has begun is cut.
     *
     * @return whether all of that was said in time
     */
    public boolean end(Duration most) throws InterruptedException {
        toEach(Drained::timeUp);
        return done(most);
    }

    private boolean done(Duration most) throws InterruptedException {
        var until = ticker.nanos() + most.toNanos();
        synchronized (this) {
            while (!done()) {
                var left = until - ticker.nanos();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return true;
    }

    private void close() {
        if (stage == Stage.CLOSING) {
            return;
        }
        closedAt = ticker.nanos();
        stage = Stage.CLOSING;
        listeners.forEach(Listener::close);
        toEach(Drained::lastCall);
    }

    private void toEach(Consumer<Drained> what) {
        for (var connection : connections) {
            requestBegun();
            connection.onOwnLoop(() -> {
                what.accept(connection);
                requestEnded();
            });
        }
    }

    private boolean done() {
        return busy.get() == 0 && arriving.isEmpty();
    }

    /** How long no connections are accepted any more; zero while they are. */
    public Duration sinceClosing() {
        return closing() ? Duration.ofNanos(ticker.nanos() - closedAt) : Duration.ZERO;
    }

    public boolean begun() {
        return stage != Stage.SERVING;
    }

    /** Connections, and streams of those that carry several, on which a request has begun and its reply is not yet wholly sent. */
    public int busy() {
        return busy.get();
    }

    /** Connections that clients have open. */
    public int open() {
        return connections.size();
    }

    /** Whether no connections are accepted any more, and idle ones are to end. */
    boolean closing() {
        return stage == Stage.CLOSING;
    }

    void listens(Listener listener) {
        listeners.add(listener);
    }

    /** A connection that has no guard yet. */
    void accepted(Channel connection) {
        arriving.add(connection);
        connection.closeFuture().addListener(closed -> arrived(connection));
    }

    void opened(Drained connection, Channel channel) {
        connections.add(connection);
        if (closing()) {
            connection.lastCall();
        }
        arrived(channel);
    }

    void closed(Drained connection) {
        connections.remove(connection);
    }

    void requestBegun() {
        busy.incrementAndGet();
    }

    void requestEnded() {
        if (busy.decrementAndGet() == 0) {
            wake();
        }
    }

    private void arrived(Channel connection) {
        if (arriving.remove(connection)) {
            wake();
        }
    }

    private void wake() {
        if (stage == Stage.CLOSING && done()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** A connection as its end concerns it. */
    interface Drained {
        /** Called from any thread. */
        void onOwnLoop(Runnable task);

        /** The listener is closed: an idle connection has a moment for a request that is on its way. */
        void lastCall();

        /** Nothing is waited for any more. */
        void timeUp();
    }

    private enum Stage {
        SERVING,
        DRAINING,
        CLOSING
    }
}
