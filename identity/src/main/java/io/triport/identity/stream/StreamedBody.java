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
     * The event loop offers what has come and is asked for more through `wants` when a reader has nothing left. A thread of
     * its own calls the reader, so that neither a reader that blocks holds up the event loop, nor one that asks from within
     * its own onNext runs deeper and deeper.
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
    private boolean asked;
    private boolean ended;
    private boolean taken;
    private boolean closed;

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
        } finally {
            lock.unlock();
        }
    }

    private void letGo() {
        pieces.forEach(ReferenceCountUtil::release);
        pieces.clear();
    }

    private void read(Flow.Subscriber<? super ByteBuffer> subscriber) {
        lock.lock();
        try {
            if (taken) {
                throw new IllegalStateException("body: subscribed already (expected: once)");
            }
            taken = true;
        } finally {
            lock.unlock();
        }
        var reading = new Reading(subscriber);
        subscriber.onSubscribe(reading);
        threads.execute(reading);
    }

    /** What a reader is to be told next. */
    private sealed interface Signal {
        record Piece(ByteBuf bytes) implements Signal {}

        record Done() implements Signal {}

        record Broken(RuntimeException why) implements Signal {}

        record Nothing() implements Signal {}
    }

    /** The one reader, and the thread that serves it. */
    private final class Reading implements Flow.Subscription, Runnable {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private long demand;
        private @Nullable RuntimeException misuse;
        private boolean cancelled;

        private Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            lock.lock();
            try {
                if (n <= 0) {
                    misuse = new IllegalArgumentException("demand: " + n + " (expected: 1 or more)");
                } else {
                    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void run() {
            ByteBuf given = null;
            try {
                var over = false;
                while (!over) {
                    var signal = next(given);
                    given = signal instanceof Signal.Piece(var bytes) ? bytes : null;
                    over = !tell(signal);
                }
            } finally {
                if (given != null) {
                    given.release();
                }
                close();
            }
        }

        private boolean tell(Signal signal) {
            switch (signal) {
                case Signal.Piece(var bytes) -> subscriber.onNext(bytes.nioBuffer());
                case Signal.Done done -> subscriber.onComplete();
                case Signal.Broken(var why) -> subscriber.onError(why);
                case Signal.Nothing nothing -> {
                    // Nobody listens any more.
                }
            }
            return signal instanceof Signal.Piece;
        }

        /** @param given the piece before, let go once another is asked for */
        private Signal next(@Nullable ByteBuf given) {
            lock.lock();
            try {
                var held = given;
                while (!cancelled && !closed) {
                    if (misuse != null) {
                        release(held);
                        return new Signal.Broken(misuse);
                    }
                    if (held != null && demand > 0) {
                        held.release();
                        held = null;
                    }
                    if (!pieces.isEmpty() && demand > 0) {
                        demand--;
                        return new Signal.Piece(pieces.remove());
                    }
                    if (pieces.isEmpty() && held == null && failure != null) {
                        return new Signal.Broken(failure);
                    }
                    if (pieces.isEmpty() && held == null && ended) {
                        return new Signal.Done();
                    }
                    if (pieces.isEmpty() && demand > 0 && !asked) {
                        asked = true;
                        wants.run();
                    }
                    changed.awaitUninterruptibly();
                }
                release(held);
                return new Signal.Nothing();
            } finally {
                lock.unlock();
            }
        }

        private static void release(@Nullable ByteBuf held) {
            if (held != null) {
                held.release();
            }
        }
    }
}
