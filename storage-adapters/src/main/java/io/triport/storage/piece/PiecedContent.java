package io.triport.storage.piece;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A body that is read from a store as its subscriber asks for it, on a thread of its own: the subscriber's never waits. */
public final class PiecedContent implements Content {
    private final Pieces pieces;
    private final long size;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile @Nullable Reading reading;

    public PiecedContent(Pieces pieces, long size) {
        this.pieces = pieces;
        this.size = size;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> {
            if (!taken.compareAndSet(false, true)) {
                throw new IllegalStateException("content: subscribed again (expected: once)");
            }
            var begun = new Reading(pieces, subscriber);
            reading = begun;
            subscriber.onSubscribe(begun);
            Thread.ofVirtual().name("object-read").start(begun);
        };
    }

    @Override
    public Content limitedTo(ByteSize most) {
        if (size > most.bytes()) {
            throw new InvalidInput("body", "at most " + most.bytes() + " bytes");
        }
        return this;
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("content: of a store (expected: read as a stream)");
    }

    @Override
    public void close() {
        var begun = reading;
        if (taken.compareAndSet(false, true)) {
            pieces.close();
        } else if (begun != null) {
            begun.cancel();
        }
    }

    /** One subscription; what is asked for is guarded by the lock. */
    private static final class Reading implements Flow.Subscription, Runnable {
        private final Pieces pieces;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private long asked;
        private boolean ahead;
        private boolean cancelled;
        private @Nullable IllegalArgumentException misuse;

        private Reading(Pieces pieces, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.pieces = pieces;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            lock.lock();
            try {
                if (n <= 0) {
                    misuse = new IllegalArgumentException("demand: " + n + " (expected: 1 or more)");
                }
                asked = asked + n < 0 ? Long.MAX_VALUE : asked + n;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void run() {
            try (pieces) {
                while (awaitDemand()) {
                    var piece = pieces.next();
                    if (piece == null) {
                        subscriber.onComplete();
                        return;
                    }
                    subscriber.onNext(ahead ? copy(piece) : piece);
                }
            } catch (InterruptedException e) {
                subscriber.onError(e);
            } catch (RuntimeException | Error e) {
                subscriber.onError(e);
            }
        }

        /** One who asks for several at once may keep the first while the next is read into its place. */
        private static ByteBuffer copy(ByteBuffer piece) {
            return ByteBuffer.allocate(piece.remaining()).put(piece).flip();
        }

        /** Whether another piece is wanted. */
        private boolean awaitDemand() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (asked == 0 && !cancelled && misuse == null) {
                    changed.await();
                }
                if (misuse != null) {
                    throw misuse;
                }
                asked--;
                ahead = asked > 0;
                return !cancelled;
            } finally {
                lock.unlock();
            }
        }
    }
}
