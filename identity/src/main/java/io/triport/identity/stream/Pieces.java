package io.triport.identity.stream;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A body read piece by piece by a thread that may wait. Its lock guards what the two sides share. */
public final class Pieces implements AutoCloseable {
    private final Content content;
    private final Receiver receiver = new Receiver();

    private Pieces(Content content) {
        this.content = content;
    }

    /** Begins to read; the content is owned by the pieces from here on. */
    public static Pieces of(Content content) {
        var pieces = new Pieces(content);
        content.bytes().subscribe(pieces.receiver);
        return pieces;
    }

    /**
     * All of a body that is known to be short.
     *
     * @throws io.triport.domain.request.InvalidInput for a longer one
     */
    public static Bytes collect(Content content, ByteSize most) throws InterruptedException {
        var whole = new ByteArrayOutputStream();
        try (var pieces = of(content.limitedTo(most))) {
            for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
                var copy = new byte[piece.remaining()];
                piece.get(copy);
                whole.writeBytes(copy);
            }
        }
        return Bytes.copyOf(whole.toByteArray());
    }

    /** The next piece, which is good until the one behind it is asked for; null at the end. Throws what the body fails with. */
    public @Nullable ByteBuffer next() throws InterruptedException {
        return receiver.next();
    }

    @Override
    public void close() {
        receiver.cancel();
        content.close();
    }

    private static final class Receiver implements Flow.Subscriber<ByteBuffer> {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private Flow.@Nullable Subscription subscription;
        private @Nullable ByteBuffer piece;
        private @Nullable Throwable failure;
        private boolean ended;

        private @Nullable ByteBuffer next() throws InterruptedException {
            var source = subscription();
            if (!ended()) {
                source.request(1);
            }
            lock.lockInterruptibly();
            try {
                while (piece == null && !ended) {
                    changed.await();
                }
                var got = piece;
                piece = null;
                if (got == null && failure != null) {
                    throw thrown(failure);
                }
                return got;
            } finally {
                lock.unlock();
            }
        }

        private static RuntimeException thrown(Throwable failure) {
            if (failure instanceof Error error) {
                throw error;
            }
            return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        }

        private boolean ended() {
            lock.lock();
            try {
                return ended;
            } finally {
                lock.unlock();
            }
        }

        private Flow.Subscription subscription() {
            lock.lock();
            try {
                while (subscription == null) {
                    changed.awaitUninterruptibly();
                }
                return subscription;
            } finally {
                lock.unlock();
            }
        }

        private void cancel() {
            if (!ended()) {
                subscription().cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            lock.lock();
            try {
                subscription = given;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onNext(ByteBuffer next) {
            lock.lock();
            try {
                piece = next;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onError(Throwable why) {
            lock.lock();
            try {
                failure = why;
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onComplete() {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
