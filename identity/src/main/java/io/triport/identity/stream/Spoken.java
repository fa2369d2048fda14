package io.triport.identity.stream;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What an object has said to a client and the connection has not taken. Safe for many threads: its lock guards all. */
final class Spoken implements ClientSocket {
    private static final SocketClose TOO_SLOW = new SocketClose(Socket.POLICY_VIOLATION, "too slow");
    /** A message takes room, even without bytes. */
    private static final int EACH = 64;

    private final int mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Deque<SocketMessage> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private @Nullable SocketClose end;

    Spoken(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** One message is taken whatever its size; of several not more bytes than may wait. */
    @Override
    public void send(SocketMessage message) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            var size = message.size() + EACH;
            if (!waiting.isEmpty() && waitingBytes + size > mostBytes) {
                waiting.clear();
                end = TOO_SLOW;
            } else {
                waiting.addLast(message);
                waitingBytes += size;
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close(SocketClose how) {
        lock.lock();
        try {
            if (end == null) {
                end = how;
                more.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends until the end was sent, or the thread is interrupted. */
    void sendAll(Socket socket) {
        try {
            for (var next = next(); next != null; next = next()) {
                switch (next) {
                    case SocketMessage.Text(var text) -> socket.send(text);
                    case SocketMessage.Binary(var bytes) -> socket.send(bytes);
                }
                sent(next);
            }
            var last = end();
            socket.close(last.code(), last.reason());
        } catch (InterruptedException e) {
            // The connection has ended: nobody is there to hear the rest.
            Thread.currentThread().interrupt();
        }
    }

    /** The next message, which goes on waiting until it is sent; null at the end. */
    private @Nullable SocketMessage next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && end == null) {
                more.await();
            }
            return waiting.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    private void sent(SocketMessage message) {
        lock.lock();
        try {
            if (!waiting.isEmpty()) {
                waiting.removeFirst();
                waitingBytes -= message.size() + EACH;
            }
        } finally {
            lock.unlock();
        }
    }

    private SocketClose end() {
        lock.lock();
        try {
            return end == null ? SocketClose.DONE : end;
        } finally {
            lock.unlock();
        }
    }
}
