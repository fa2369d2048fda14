package io.triport.gateway.pool;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.triport.gateway.config.UpstreamSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one target. Confined to the loop. */
final class LoopPool {
    private final Target target;
    private final EventLoop loop;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final List<SharedConnection> shared = new ArrayList<>(1);
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int arriving;
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

    /** A connection on its way, until it is known what it can carry. */
    final class Arrival {
        private boolean over;

        private Arrival() {
            arriving++;
        }

        void end() {
            if (!over) {
                over = true;
                arriving--;
            }
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
        var roomy = answer.upgrades() ? null : sharedWithRoom();
        var connection = roomy == null ? liveIdle() : null;
        if (roomy != null) {
            roomy.begin(answer);
        } else if (connection != null) {
            connection.begin(answer);
        } else if (!mayJoin(answer) && target.mayOpen()) {
            connect(answer, by);
        } else if (target.mayWait()) {
            var waiter = new Waiting(answer, by);
            waiting.add(waiter);
            loop.schedule(() -> giveUp(waiter), by - target.ticker().nanos(), TimeUnit.NANOSECONDS);
            if (arriving == 0) {
                target.askOthersToYield(this);
            }
        } else {
            answer.failed(PoolFailure.EXHAUSTED);
        }
    }

    /** Whether a connection is about to be there that can carry this request beside the one that it was opened for. */
    private boolean mayJoin(Answer answer) {
        return arriving > 0 && target.streams() && !answer.upgrades();
    }

    /** A connection that carries several requests at once. */
    void shares(SharedConnection connection) {
        target.streams(true);
        if (retired) {
            connection.retire();
        } else {
            shared.add(connection);
        }
    }

    /** It speaks HTTP/1.1, so that nobody can join. */
    void single() {
        target.streams(false);
        serveWaiting();
    }

    /** There is room on it. */
    void room(SharedConnection connection) {
        while (connection.hasRoom()) {
            var next = waiting.stream().filter(each -> !each.answer.upgrades()).findFirst();
            if (next.isEmpty()) {
                break;
            }
            waiting.remove(next.get());
            next.get().over = true;
            target.waitedEnough();
            connection.begin(next.get().answer);
        }
        if (connection.idle() && (retired || target.othersWait())) {
            connection.retire();
        }
    }

    /** It takes no more requests. */
    void leaves(SharedConnection connection) {
        shared.remove(connection);
        serveWaiting();
    }

    /** It is closed. */
    void gone(SharedConnection connection) {
        shared.remove(connection);
        roomMade();
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
                return;
            }
            shared.stream().filter(SharedConnection::idle).findFirst().ifPresent(SharedConnection::retire);
        }
    }

    void serveWaiting() {
        while (!waiting.isEmpty() && !mayJoin(waiting.peekFirst().answer) && target.mayOpen()) {
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
        List.copyOf(shared).forEach(SharedConnection::retire);
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

    private @Nullable Waiting nextWaiting() {
        var next = waiting.pollFirst();
        if (next != null) {
            next.over = true;
            target.waitedEnough();
        }
        return next;
    }

    private @Nullable SharedConnection sharedWithRoom() {
        for (var connection : shared) {
            if (connection.hasRoom()) {
                return connection;
            }
        }
        return null;
    }

    private @Nullable UpstreamConnection liveIdle() {
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
        var protocol = answer.upgrades()
                ? UpstreamSettings.Protocol.HTTP1
                : target.settings().protocol();
        var arrival = new Arrival();
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, timeout / 1_000_000))
                .handler(new Opening(this, target, connection, protocol, timeout, arrival))
                .connect(new InetSocketAddress(
                        addresses.getFirst(), target.address().port()))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        arrival.end();
                        connection.neverOpened();
                        roomMade();
                    }
                });
    }
}
