package io.triport.storage.shared;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.storage.piece.Pieces;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Pieces of a caller who waits, as a content for somebody who does not. The pieces stay the caller's, and are at rest when it is closed. */
final class PulledContent implements Content {
    /*
     * Threads
     *
     * Pieces come from a body that may keep whoever asks waiting for ever, and the one who asks here is a connection. So a thread of
     * their own asks, and is interrupted when nobody wants them any more: a caller who gives up does not leave it behind.
     */
    private static final long UNKNOWN = -1;

    private final Pieces pieces;
    private final long length;
    private final AtomicReference<@Nullable Pull> pull = new AtomicReference<>();

    PulledContent(Pieces pieces, OptionalLong length) {
        this.pieces = pieces;
        this.length = length.orElse(UNKNOWN);
    }

    @Override
    public OptionalLong length() {
        return length == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> {
            var begun = new Pull(pieces, subscriber);
            if (!pull.compareAndSet(null, begun)) {
                throw new IllegalStateException("content: subscribed again (expected: once)");
            }
            begun.thread.start();
            subscriber.onSubscribe(begun);
        };
    }

    @Override
    public Content limitedTo(ByteSize most) {
        throw new IllegalStateException("content: of a write (expected: limited before)");
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("content: of a write (expected: read as a stream)");
    }

    @Override
    public void close() {
        var begun = pull.get();
        if (begun != null) {
            begun.cancel();
            begun.awaitEnd();
        }
    }

    /** One subscription, and the thread that serves it. */
    private static final class Pull implements Flow.Subscription, Runnable {
        /** Far more than anybody asks for at once, and far less than a count of permits may come to. */
        private static final long MOST_ASKED = 1 << 20;

        private final Pieces pieces;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final Semaphore asked = new Semaphore(0);
        private final Thread thread = Thread.ofVirtual().name("object-write").unstarted(this);

        private Pull(Pieces pieces, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.pieces = pieces;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            asked.release((int) Math.clamp(n, 0, MOST_ASKED));
        }

        @Override
        public void cancel() {
            thread.interrupt();
        }

        @Override
        public void run() {
            try {
                asked.acquire();
                for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
                    subscriber.onNext(piece);
                    asked.acquire();
                }
                subscriber.onComplete();
            } catch (InterruptedException | RuntimeException | Error e) {
                subscriber.onError(e);
            }
        }

        /** The caller's own interrupt waits, too: the pieces are not to be touched by two. */
        private void awaitEnd() {
            var interrupted = false;
            while (!Thread.currentThread().equals(thread)) {
                try {
                    thread.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
