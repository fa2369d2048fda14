package io.triport.storage.peer;

import io.triport.domain.request.InvalidInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection between two nodes that have proved themselves. Safe for many threads: its lock guards what waits to be sent. */
final class PeerConnection implements AutoCloseable {
    /*
     * Silence
     *
     * Both sides say something every few seconds, so that one that hears nothing for longer knows that the other is gone, stopped or
     * cut off: then all that waits for it is told so.
     *
     * Room
     *
     * The thread that reads never waits for anything, or two nodes could wait for each other. So what an object says to a client is
     * dropped with the client where there is no room for it, and whoever waits for an answer anyway waits for room, too.
     */
    static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_PINGS = Duration.ofSeconds(3);
    private static final Duration LAST_FRAMES = Duration.ofMillis(500);
    private static final long MOST_BYTES = 2L * Frame.MOST;
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final Socket plain;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean over;
    private @Nullable Thread writer;

    /** What a side does. Both methods return at once. */
    interface Side {
        /** @throws InvalidInput for what the other side does not send */
        void take(Frame frame);

        /** Once, after the last frame. */
        void ended();
    }

    /** @param plain under the streams; closed with this, at once */
    PeerConnection(Socket plain, DataInputStream in, DataOutputStream out) {
        this.plain = plain;
        this.in = in;
        this.out = out;
    }

    void start(Side side) {
        writer = Thread.ofVirtual().name("peer-writer").start(this::writeAll);
        Thread.ofVirtual().name("peer-reader").start(() -> readAll(side));
    }

    /** @return false where there is no room, or the connection has ended */
    boolean offer(Frame frame) {
        lock.lock();
        try {
            return bytes + frame.size() <= MOST_BYTES && add(frame);
        } finally {
            lock.unlock();
        }
    }

    /** Of a frame that is needed and short. @return false where the connection has ended */
    boolean force(Frame frame) {
        lock.lock();
        try {
            return add(frame);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for room. @return false where the connection has ended: nothing was sent */
    boolean put(Frame frame) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!over && bytes + frame.size() > MOST_BYTES) {
                room.await();
            }
            return add(frame);
        } finally {
            lock.unlock();
        }
    }

    boolean over() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Lets what waits be sent, for a moment. */
    @Override
    public void close() {
        end();
        try {
            var last = writer;
            if (last != null) {
                last.join(LAST_FRAMES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    private boolean add(Frame frame) {
        if (over) {
            return false;
        }
        waiting.addLast(frame);
        bytes += frame.size();
        more.signal();
        return true;
    }

    private void end() {
        lock.lock();
        try {
            over = true;
            more.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The socket alone: TLS would want to say good-bye, and wait for a write that hangs. */
    private void cut() {
        try {
            plain.close();
        } catch (IOException e) {
            LOG.debug("connection of a node not closed", e);
        }
    }

    private void writeAll() {
        try {
            for (var frame = next(); frame != null; frame = next()) {
                frame.write(out);
                if (nothingWaits()) {
                    out.flush();
                }
            }
            out.flush();
        } catch (IOException e) {
            LOG.debug("connection of a node lost", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
            cut();
        }
    }

    /** @return null when all is sent and nothing more comes */
    private @Nullable Frame next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = BETWEEN_PINGS.toNanos();
            while (waiting.isEmpty() && !over && left > 0) {
                left = more.awaitNanos(left);
            }
            var first = waiting.pollFirst();
            if (first != null) {
                bytes -= first.size();
                room.signalAll();
                return first;
            }
            return over ? null : Handshake.PING;
        } finally {
            lock.unlock();
        }
    }

    private boolean nothingWaits() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void readAll(Side side) {
        try {
            while (true) {
                var frame = Frame.read(in);
                if (frame.kind() != Frame.Kind.PING) {
                    side.take(frame);
                }
            }
        } catch (IOException e) {
            LOG.debug("connection of a node has ended", e);
        } catch (InvalidInput e) {
            LOG.error("connection of a node ended, which sends what this one does not know error={}", e.getMessage());
        } finally {
            end();
            cut();
            side.ended();
        }
    }

    static int millis(Duration duration) {
        return (int) TimeUnit.NANOSECONDS.toMillis(duration.toNanos());
    }
}
