package io.triport.storage.piece;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A body that is read from a store as its subscriber asks for it. */
public final class PiecedContent implements Content {
    /*
     * Threads
     *
     * A virtual thread that asks for a piece may wait, so it reads the piece itself and is told within its asking: a change of
     * threads for each piece would cost as much as the piece. For any other thread, such as one of an event loop, a virtual
     * thread reads what was asked for. Who asks from within being told is served by who tells.
     */
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

    /** One subscription; the lock guards all but what is being told. */
    private static final class Reading implements Flow.Subscription, Runnable {
        private final Pieces pieces;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final ReentrantLock lock = new ReentrantLock();
        private long asked;
        private boolean ahead;
        private boolean serving;
        private boolean cancelled;
        private @Nullable IllegalArgumentException misuse;

        private Reading(Pieces pieces, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.pieces = pieces;
            this.subscriber = subscriber;
        }

        /** What the one who serves does next. */
        private enum Turn {
            READ,
            REST,
            END
        }

        @Override
        public void request(long n) {
            serve(() -> {
                if (n <= 0) {
                    misuse = new IllegalArgumentException("demand: " + n + " (expected: 1 or more)");
                }
                asked = asked + n < 0 ? Long.MAX_VALUE : asked + n;
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
                if (serving) {
                    return;
                }
                serving = true;
            } finally {
                lock.unlock();
            }
            if (Thread.currentThread().isVirtual()) {
                run();
            } else {
                Thread.ofVirtual().name("object-read").start(this);
            }
        }

        @Override
        public void run() {
            var turn = Turn.END;
            try {
                for (turn = turn(); turn == Turn.READ; turn = turn()) {
                    var piece = pieces.next();
                    if (piece == null) {
                        turn = Turn.END;
                        subscriber.onComplete();
                        break;
                    }
                    subscriber.onNext(ahead ? copy(piece) : piece);
                }
            } catch (InterruptedException e) {
                turn = Turn.END;
                Thread.currentThread().interrupt();
                subscriber.onError(e);
            } catch (RuntimeException | Error e) {
                turn = Turn.END;
                subscriber.onError(e);
            } finally {
                if (turn == Turn.END) {
                    pieces.close();
                }
            }
        }

        /** One who asks for several at once may keep the first while the next is read into its place. */
        private static ByteBuffer copy(ByteBuffer piece) {
            return ByteBuffer.allocate(piece.remaining()).put(piece).flip();
        }

        /** At the end nobody serves any more, for the one who does so stays. */
        private Turn turn() {
            lock.lock();
            try {
                if (misuse != null) {
                    throw misuse;
                }
                if (cancelled) {
                    return Turn.END;
                }
                if (asked == 0) {
                    serving = false;
                    return Turn.REST;
                }
                asked--;
                ahead = asked > 0;
                return Turn.READ;
            } finally {
                lock.unlock();
            }
        }
    }
}
