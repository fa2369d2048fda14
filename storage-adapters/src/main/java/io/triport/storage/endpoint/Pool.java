package io.triport.storage.endpoint;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.triport.domain.request.ServiceAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections to one address. The monitor guards which are idle, how many are open, and who waits for one. */
final class Pool {
    /** As large as what one read of a socket takes; each costs a turn of the loop. */
    static final int PIECE = 64 * 1024;

    private final Address address;
    private final Connections all;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private int open;

    Pool(Address address, Connections all) {
        this.address = address;
        this.all = all;
    }

    /** @param near the loop that its connection should live on; null for any */
    void acquire(Exchange exchange, @Nullable EventLoop near) {
        if (mayOpen(exchange, near)) {
            open(exchange, near == null ? all.loops().next() : near);
        }
    }

    /** Where it must not be opened, the exchange has one of those that are there, or waits for it. */
    private synchronized boolean mayOpen(Exchange exchange, @Nullable EventLoop near) {
        var kept = kept(near);
        if (kept == null && open < Connections.MOST_OPEN) {
            open++;
            return true;
        }
        var any = kept == null ? kept(null) : kept;
        if (any != null) {
            any.begin(exchange);
        } else {
            waiting.add(exchange);
            all.loops().schedule(() -> giveUp(exchange), Connections.CONNECT.toMillis(), TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private void giveUp(Exchange exchange) {
        synchronized (this) {
            if (!waiting.remove(exchange)) {
                return;
            }
        }
        exchange.failed(new NoConnection("all " + Connections.MOST_OPEN + " connections are in use"));
    }

    /** The one that was used last, which the endpoint will not close soon. */
    private @Nullable Connection kept(@Nullable EventLoop near) {
        for (var each = idle.descendingIterator(); each.hasNext(); ) {
            var connection = each.next();
            if (stale(connection)) {
                drop(each, connection);
            } else if (near == null || connection.loop().equals(near)) {
                each.remove();
                return connection;
            }
        }
        return null;
    }

    private boolean stale(Connection connection) {
        return all.ticker().nanos() - connection.idleSince() > Connections.KEPT.toNanos();
    }

    private static void drop(Iterator<Connection> at, Connection connection) {
        at.remove();
        connection.close();
    }

    private void open(Exchange first, EventLoop loop) {
        var connection = new Connection(this, all.ticker(), loop, first);
        var target = new InetSocketAddress(address.host(), address.port());
        var why = unusable(target);
        if (!why.isEmpty()) {
            first.failed(new NoConnection(why));
            gone(connection);
            return;
        }
        var opening = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(PIECE))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(Connections.CONNECT.toMillis()))
                .handler(new Opening(address, address.encrypted() ? all.tls() : null, connection))
                .connect(target);
        opening.addListener(done -> {
            if (!done.isSuccess()) {
                first.failed(new NoConnection(done.cause()));
            }
        });
        opening.channel().closeFuture().addListener(closed -> gone(connection));
    }

    /** What is looked at is what is connected to: a name server is asked once. */
    private String unusable(InetSocketAddress target) {
        if (target.isUnresolved()) {
            return "no address of " + address.host();
        }
        return ServiceAddress.possible(target.getAddress()) ? "" : "no service can be at " + address.host();
    }

    /** It has nothing to do. */
    synchronized void giveBack(Connection connection) {
        var next = waiting.poll();
        if (next == null) {
            idle.addLast(connection);
        } else {
            connection.begin(next);
        }
    }

    private void gone(Connection connection) {
        Exchange next;
        synchronized (this) {
            idle.remove(connection);
            next = waiting.poll();
            if (next == null) {
                open--;
            }
        }
        if (next != null) {
            // Not here: a name may have to be looked up.
            Thread.ofVirtual()
                    .name("endpoint-open")
                    .start(() -> open(next, all.loops().next()));
        }
    }

    /** Connections that carry an exchange, or are being opened for one. */
    synchronized int busy() {
        return open - idle.size();
    }

    synchronized int idle() {
        return idle.size();
    }

    /** Exchanges that wait for a connection. */
    synchronized int waiting() {
        return waiting.size();
    }

    synchronized void sweep() {
        for (var each = idle.iterator(); each.hasNext(); ) {
            var connection = each.next();
            if (stale(connection)) {
                drop(each, connection);
            }
        }
    }

    synchronized void close() {
        idle.forEach(Connection::close);
        idle.clear();
    }
}
