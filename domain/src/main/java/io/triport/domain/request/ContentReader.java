package io.triport.domain.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body piece by piece on a thread that may wait, such as a virtual one. It owns the body from the beginning, and gives it
 * back when it is closed. For one thread; the publisher may use any other.
 */
public final class ContentReader implements AutoCloseable {
    private final Content content;
    private final Arrivals arrivals = new Arrivals();
    private boolean subscribed;

    public ContentReader(Content content) {
        this.content = content;
    }

    /**
     * A body in one piece, for what is known to be small; read to its end, and closed.
     *
     * @throws InvalidInput at the first byte above the bound
     * @throws java.util.concurrent.CancellationException when the thread is interrupted; the thread stays so
     */
    public static Bytes whole(Content content, ByteSize most) {
        try (var reader = new ContentReader(content.limitedTo(most))) {
            var pieces = new ArrayList<Bytes>();
            for (var piece = reader.next(); piece != null; piece = reader.next()) {
                pieces.add(Bytes.from(piece));
            }
            return Bytes.joined(pieces);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /**
     * The next piece, which is the caller's until it asks for another; null at the end. What the body fails with comes out as it
     * is; a checked exception comes wrapped.
     *
     * @throws InterruptedException when the thread is interrupted while it waits; the body is given up
     */
    public @Nullable ByteBuffer next() throws InterruptedException {
        if (!subscribed) {
            subscribed = true;
            content.bytes().subscribe(arrivals);
        }
        return arrivals.next();
    }

    /** Gives up what was not read. Does no more harm than good when it is called twice. */
    @Override
    public void close() {
        arrivals.cancel();
        content.close();
    }

    /** What the publisher has told; guarded by the lock. */
    private static final class Arrivals implements Flow.Subscriber<ByteBuffer> {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private Flow.@Nullable Subscription subscription;
        private @Nullable ByteBuffer piece;
        private @Nullable Throwable failure;
        private boolean ended;
        private boolean cancelled;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            set(() -> subscription = given);
            if (cancelled()) {
                given.cancel();
            }
        }

        @Override
        public void onNext(ByteBuffer arrived) {
            set(() -> piece = arrived);
        }

        @Override
        public void onError(Throwable thrown) {
            set(() -> failure = thrown);
        }

        @Override
        public void onComplete() {
            set(() -> ended = true);
        }

        @Nullable
        ByteBuffer next() throws InterruptedException {
            try {
                // Outside of the lock: a publisher may answer within the request.
                awaitSubscription().request(1);
                return awaitPiece();
            } catch (InterruptedException e) {
                cancel();
                throw e;
            }
        }

        void cancel() {
            Flow.Subscription toCancel;
            lock.lock();
            try {
                toCancel = cancelled || ended || failure != null ? null : subscription;
                cancelled = true;
            } finally {
                lock.unlock();
            }
            if (toCancel != null) {
                toCancel.cancel();
            }
        }

        private Flow.Subscription awaitSubscription() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (subscription == null) {
                    throwFailure();
                    changed.await();
                }
                return subscription;
            } finally {
                lock.unlock();
            }
        }

        private @Nullable ByteBuffer awaitPiece() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (piece == null && !ended && failure == null) {
                    changed.await();
                }
                if (piece == null) {
                    throwFailure();
                }
                var next = piece;
                piece = null;
                return next;
            } finally {
                lock.unlock();
            }
        }

        private boolean cancelled() {
            lock.lock();
            try {
                return cancelled;
            } finally {
                lock.unlock();
            }
        }

        private void throwFailure() {
            switch (failure) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case IOException e -> throw new UncheckedIOException(e);
                default -> throw new CompletionException(failure);
            }
        }

        private void set(Runnable change) {
            lock.lock();
            try {
                change.run();
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }
}
