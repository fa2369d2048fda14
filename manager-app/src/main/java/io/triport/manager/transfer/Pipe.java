package io.triport.manager.transfer;

import io.triport.domain.request.Bytes;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes from the thread that receives them to the one that reads them, a few pieces ahead at most. Its lock guards all. */
final class Pipe extends InputStream {
    private static final int PIECES = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Bytes> pieces = new ArrayDeque<>();
    private Bytes reading = Bytes.EMPTY;
    private int at;
    private boolean ended;
    private boolean closed;

    /** Waits for room. @return false when nobody reads any more */
    boolean offer(Bytes piece) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && pieces.size() >= PIECES) {
                changed.await();
            }
            if (!closed && !piece.isEmpty()) {
                pieces.add(piece);
                changed.signalAll();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws InterruptedIOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws InterruptedIOException {
        if (count == 0) {
            return 0;
        }
        if (at == reading.size() && !advance()) {
            return -1;
        }
        var taken = Math.min(count, reading.size() - at);
        reading.toByteBuffer().position(at).get(buffer, from, taken);
        at += taken;
        return taken;
    }

    /** Lets who offers go. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            pieces.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean advance() throws InterruptedIOException {
        lock.lock();
        try {
            while (pieces.isEmpty() && !ended && !closed) {
                changed.await();
            }
            if (pieces.isEmpty()) {
                return false;
            }
            reading = pieces.remove();
            at = 0;
            changed.signalAll();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            lock.unlock();
        }
    }
}
