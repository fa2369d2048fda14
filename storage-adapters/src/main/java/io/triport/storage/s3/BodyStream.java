package io.triport.storage.s3;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The body of an answer, read once. A connection that breaks within it is told beside it and not by it, so that its reader
 * would wait for ever; here it hears of that. The monitor guards who reads, and what broke.
 */
final class BodyStream implements Publisher<ByteBuffer> {
    private final Publisher<ByteBuffer> body;
    private @Nullable Reader reader;
    private @Nullable Throwable broken;

    BodyStream(Publisher<ByteBuffer> body) {
        this.body = body;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> sink) {
        var opened = new Reader(sink);
        Throwable cause;
        synchronized (this) {
            reader = opened;
            cause = broken;
        }
        if (cause == null) {
            body.subscribe(opened);
        } else {
            sink.onSubscribe(new Nothing());
            sink.onError(cause);
        }
    }

    void fail(Throwable cause) {
        Reader open;
        synchronized (this) {
            broken = cause;
            open = reader;
        }
        if (open != null) {
            open.onError(cause);
        }
    }

    private static final class Nothing implements Subscription {
        @Override
        public void request(long count) {
            // There is nothing.
        }

        @Override
        public void cancel() {
            // There is nothing.
        }
    }

    /** Signals come on the thread of the connection, those of its breaking too. */
    private static final class Reader implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> sink;
        private boolean subscribed;
        private boolean done;

        private Reader(Subscriber<? super ByteBuffer> sink) {
            this.sink = sink;
        }

        @Override
        public synchronized void onSubscribe(Subscription subscription) {
            if (!subscribed) {
                subscribed = true;
                sink.onSubscribe(subscription);
            }
        }

        @Override
        public synchronized void onNext(ByteBuffer piece) {
            if (!done) {
                sink.onNext(piece);
            }
        }

        @Override
        public synchronized void onError(Throwable cause) {
            if (done) {
                return;
            }
            done = true;
            if (!subscribed) {
                subscribed = true;
                sink.onSubscribe(new Nothing());
            }
            sink.onError(cause);
        }

        @Override
        public synchronized void onComplete() {
            if (!done) {
                done = true;
                sink.onComplete();
            }
        }
    }
}
