package io.triport.identity.edge;

import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The bytes of an answer as the server takes them: one piece at a time, each copied. To be subscribed once. */
final class FlowingBody implements Publisher<byte[]> {
    /*
     * Threads
     *
     * The server asks on its loop, which must not wait; what a content is read from may. So each piece is asked for on a virtual
     * thread, unless asking never waits. Who wants no more is heard on a virtual thread too.
     */
    private final Content content;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile LongConsumer told = bytes -> {};
    private volatile @Nullable Passage passage;

    FlowingBody(Content content) {
        this.content = content;
    }

    /** @param listener hears once how many bytes were given out, when no more are */
    void whenOver(LongConsumer listener) {
        told = listener;
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> reader) {
        var own = new Passage(reader);
        passage = own;
        reader.onSubscribe(own);
    }

    /** Nobody wants it any more, whether it was ever asked for or not; does nothing behind its end. */
    void abandon() {
        var begun = passage;
        if (begun == null) {
            end(0);
        } else {
            begun.cancel();
        }
    }

    private void end(long bytes) {
        if (over.compareAndSet(false, true)) {
            content.close();
            told.accept(bytes);
        }
    }

    /** The lock guards what was asked for, and who reads. */
    private final class Passage implements Subscription, Flow.Subscriber<ByteBuffer> {
        private final Subscriber<? super byte[]> reader;
        private final ReentrantLock lock = new ReentrantLock();
        private Flow.@Nullable Subscription source;
        private long asked;
        private boolean reading;
        private boolean ended;
        private long given;

        private Passage(Subscriber<? super byte[]> reader) {
            this.reader = reader;
        }

        @Override
        public void request(long pieces) {
            if (pieces <= 0) {
                fail(new IllegalArgumentException("demand: " + pieces + " (expected: 1 or more)"));
                return;
            }
            lock.lock();
            try {
                asked = asked + pieces < 0 ? Long.MAX_VALUE : asked + pieces;
                if (reading || ended) {
                    return;
                }
                reading = true;
            } finally {
                lock.unlock();
            }
            read();
        }

        private void read() {
            var from = source;
            if (from != null && content.flows()) {
                from.request(1);
            } else {
                Thread.ofVirtual().name("answer-body").start(this::readHere);
            }
        }

        private void readHere() {
            try {
                if (source == null) {
                    content.bytes().subscribe(this);
                }
                var from = source;
                if (from != null) {
                    from.request(1);
                }
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            boolean late;
            lock.lock();
            try {
                source = subscription;
                late = ended;
            } finally {
                lock.unlock();
            }
            if (late) {
                subscription.cancel();
            }
        }

        @Override
        public void onNext(ByteBuffer piece) {
            var bytes = new byte[piece.remaining()];
            piece.get(bytes);
            boolean more;
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                given += bytes.length;
                asked--;
                more = asked > 0;
                reading = more;
            } finally {
                lock.unlock();
            }
            reader.onNext(bytes);
            if (more) {
                read();
            }
        }

        @Override
        public void onError(Throwable failure) {
            fail(failure);
        }

        @Override
        public void onComplete() {
            if (last()) {
                end(given);
                reader.onComplete();
            }
        }

        /** The client has gone. */
        @Override
        public void cancel() {
            if (last()) {
                Thread.ofVirtual().name("answer-left").start(() -> {
                    var from = source;
                    if (from != null) {
                        from.cancel();
                    }
                    end(given);
                });
            }
        }

        private void fail(Throwable failure) {
            if (last()) {
                end(given);
                reader.onError(failure);
            }
        }

        /** Whether it had not ended before. */
        private boolean last() {
            lock.lock();
            try {
                var first = !ended;
                ended = true;
                return first;
            } finally {
                lock.unlock();
            }
        }
    }
}
