package io.triport.identity.stream;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The body of a request as it comes. Safe for many threads: its lock guards all. */
final class StreamedBody implements Content {
    /*
     * Threads
     *
     * The event loop offers what has come and is asked for more through `wants` when a reader has nothing left. A reader on a
     * virtual thread may wait, so it waits within its asking and is told there: a change of threads for each piece would cost as
     * much as the piece. For any other reader a thread of its own waits, so that no event loop is held up. Who asks from within
     * being told is served by who tells, and does not run deeper and deeper.
     *
     * Whose bytes
     *
     * A piece is let go when the next is asked for, and its memory is used again. So the end is told only to who has asked for
     * more: a reader may still be at the last piece.
     */
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<ByteBuf> pieces = new ArrayDeque<>();
    /** Negative where it is not known. */
    private final long length;

    private final Runnable wants;
    private final Executor threads;
    private @Nullable RuntimeException failure;
    private @Nullable Reading reading;
    private boolean asked;
    private boolean ended;
    private boolean taken;
    private boolean closed;
    private long received;

    /** @param wants asks for more, from any thread; what comes is told by {@link #offer}, {@link #end} or {@link #fail} */
    StreamedBody(OptionalLong length, Runnable wants, Executor threads) {
        this.length = length.orElse(-1);
        this.wants = wants;
        this.threads = threads;
    }

    /** Takes over a piece that has come. */
    void offer(ByteBuf piece) {
        lock.lock();
        try {
            asked = false;
            received += piece.readableBytes();
            if (closed || failure != null || !piece.isReadable()) {
                piece.release();
            } else {
                pieces.add(piece);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was asked for and has brought nothing may be asked for again. */
    void readOver() {
        lock.lock();
        try {
            asked = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            tellIdle();
        } finally {
            lock.unlock();
        }
    }

    void fail(RuntimeException why) {
        lock.lock();
        try {
            if (!ended && failure == null) {
                failure = why;
                letGo();
                changed.signalAll();
                tellIdle();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether all of it has come, read or not. */
    boolean whole() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes have come, read or not. */
    long received() {
        lock.lock();
        try {
            return received;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return this::read;
    }

    @Override
    public Content limitedTo(ByteSize most) {
        return new LimitedContent(this, most);
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("body: streams (expected: one that is held in memory)");
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            letGo();
            changed.signalAll();
            if (reading != null && reading.begin()) {
                reading.release();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A reader who has asked for nothing, and is done with all that came, hears all the same how it ended. */
    private void tellIdle() {
        if ((ended || failure != null) && pieces.isEmpty() && reading != null && reading.done() && reading.begin()) {
            threads.execute(reading);
        }
    }

    private void letGo() {
        pieces.forEach(ReferenceCountUtil::release);
        pieces.clear();
    }

    private void read(Flow.Subscriber<? super ByteBuffer> subscriber) {
        var begun = new Reading(subscriber);
        lock.lock();
        try {
            if (taken) {
                throw new IllegalStateException("body: subscribed already (expected: once)");
            }
            taken = true;
        } finally {
            lock.unlock();
        }
        subscriber.onSubscribe(begun);
        lock.lock();
        try {
            reading = begun;
            tellIdle();
        } finally {
            lock.unlock();
        }
    }

    /** What a reader is to be told next. */
    private sealed interface Signal {
        record Piece(ByteBuf bytes) implements Signal {}

        record Done() implements Signal {}

        record Broken(RuntimeException why) implements Signal {}

        /** Nobody listens any more. */
        record Nothing() implements Signal {}

        /** Nothing was asked for. */
        record Rest() implements Signal {}
    }

    /** The one reader. Who serves it is alone in doing so. */
    private final class Reading implements Flow.Subscription, Runnable {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private @Nullable ByteBuf given;
        private long demand;
        private boolean serving;
        private @Nullable RuntimeException misuse;
        private boolean cancelled;

        private Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            serve(() -> {
                if (n <= 0) {
                    misuse = new IllegalArgumentException("demand: " + n + " (expected: 1 or more)");
                } else {
                    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                }
            });
        }

        @Override
        public void cancel() {
            serve(() -> cancelled = true);
        }

        private void serve(Runnable change) {
            lock.lock();
            try {
                change.run();
                changed.signalAll();
                if (!begin()) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (Thread.currentThread().isVirtual()) {
                run();
            } else {
                threads.execute(this);
            }
        }

        private boolean done() {
            return given == null;
        }

        /** Whether the caller, who holds the lock, is the one to serve from now on. */
        private boolean begin() {
            if (serving) {
                return false;
            }
            serving = true;
            return true;
        }

        @Override
        public void run() {
            var signal = (Signal) new Signal.Nothing();
            try {
                do {
                    signal = next();
                    tell(signal);
                } while (signal instanceof Signal.Piece);
            } finally {
                if (!(signal instanceof Signal.Rest)) {
                    over();
                }
            }
        }

        private void tell(Signal signal) {
            switch (signal) {
                case Signal.Piece(var bytes) -> subscriber.onNext(bytes.nioBuffer());
                case Signal.Done done -> subscriber.onComplete();
                case Signal.Broken(var why) -> subscriber.onError(why);
                case Signal.Nothing nothing -> {
                    // Nobody listens any more.
                }
                case Signal.Rest rest -> {
                    // Whoever asks for more serves then.
                }
            }
        }

        private Signal next() {
            lock.lock();
            try {
                while (!cancelled && !closed) {
                    if (misuse != null) {
                        return new Signal.Broken(misuse);
                    }
                    if (demand > 0) {
                        release();
                    }
                    if (!pieces.isEmpty() && demand > 0) {
                        demand--;
                        var piece = pieces.remove();
                        given = piece;
                        return new Signal.Piece(piece);
                    }
                    if (pieces.isEmpty() && given == null && failure != null) {
                        return new Signal.Broken(failure);
                    }
                    if (pieces.isEmpty() && given == null && ended) {
                        return new Signal.Done();
                    }
                    if (demand == 0) {
                        serving = false;
                        return new Signal.Rest();
                    }
                    if (!asked) {
                        asked = true;
                        wants.run();
                    }
                    changed.await();
                }
                return new Signal.Nothing();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Signal.Broken(new BrokenBody("interrupted"));
            } finally {
                lock.unlock();
            }
        }

        private void over() {
            lock.lock();
            try {
                release();
                close();
            } finally {
                lock.unlock();
            }
        }

        private void release() {
            if (given != null) {
                given.release();
                given = null;
            }
        }
    }
}
