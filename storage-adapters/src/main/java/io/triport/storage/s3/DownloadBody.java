package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.storage.endpoint.Incoming;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of an answer, as fast as it is read. */
final class DownloadBody implements Content {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final Answer answer;
    private final long length;
    private final long most;
    private final Watch watch;
    private final AtomicReference<@Nullable Passage> passage;

    DownloadBody(Answer answer, long length, Watch watch) {
        this(answer, length, Long.MAX_VALUE, watch, new AtomicReference<>());
    }

    private DownloadBody(
            Answer answer, long length, long most, Watch watch, AtomicReference<@Nullable Passage> passage) {
        this.answer = answer;
        this.length = length;
        this.most = most;
        this.watch = watch;
        this.passage = passage;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return sink -> {
            var opened = new Passage(sink, answer.body(), length, most, watch);
            if (!passage.compareAndSet(null, opened)) {
                throw new IllegalStateException("body: read a second time (expected: once)");
            }
            answer.body().subscribe(opened);
        };
    }

    @Override
    public boolean flows() {
        return true;
    }

    @Override
    public Content limitedTo(ByteSize bound) {
        return new DownloadBody(answer, length, Math.min(most, bound.bytes()), watch, passage);
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("body: streams (expected: held in memory)");
    }

    @Override
    public void close() {
        if (passage.compareAndSet(null, new Passage(new Nobody(), answer.body(), length, most, watch))) {
            answer.drop();
            return;
        }
        var open = passage.get();
        if (open != null) {
            open.cancel();
        }
    }

    /** Told on the loop of the connection; asked from any thread. */
    private static final class Passage implements Flow.Subscriber<ByteBuffer>, Flow.Subscription, Watch.Watched {
        private final Flow.Subscriber<? super ByteBuffer> sink;
        private final Incoming body;
        private final long length;
        private final long most;
        private final Watch watch;
        private final AtomicLong due = new AtomicLong();
        private final AtomicBoolean done = new AtomicBoolean();
        private volatile Flow.@Nullable Subscription source;
        private volatile long movedAt;
        private long received;

        private Passage(Flow.Subscriber<? super ByteBuffer> sink, Incoming body, long length, long most, Watch watch) {
            this.sink = sink;
            this.body = body;
            this.length = length;
            this.most = most;
            this.watch = watch;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            movedAt = watch.now();
            watch.add(this);
            sink.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            movedAt = watch.now();
            due.getAndUpdate(before -> before > Long.MAX_VALUE - Math.max(count, 0) ? Long.MAX_VALUE : before + count);
            var open = source;
            if (open != null) {
                open.request(count);
            }
        }

        @Override
        public void cancel() {
            if (end()) {
                cancelSource();
            }
        }

        @Override
        public void onNext(ByteBuffer piece) {
            movedAt = watch.now();
            due.decrementAndGet();
            received += piece.remaining();
            if (done.get()) {
                return;
            }
            if (received > most || received > length) {
                breakOff(received > most ? new InvalidInput("body", "at most " + most + " bytes") : malformed());
                return;
            }
            try {
                sink.onNext(piece);
            } catch (RuntimeException e) {
                // A reader that fails must not take the event loop's other connections along.
                LOG.warn("reader of a body failed", e);
                breakOff(e);
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                sink.onError(cause instanceof IllegalArgumentException ? cause : Failures.lost(cause, Effect.NONE));
            }
        }

        @Override
        public void onComplete() {
            if (!end()) {
                return;
            }
            if (received == length) {
                sink.onComplete();
            } else {
                sink.onError(malformed());
            }
        }

        @Override
        public long waitedForSince(long now) {
            return due.get() > 0 ? movedAt : now;
        }

        @Override
        public void silent() {
            body.breakOff(new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "s3: silent in a body"));
        }

        private void breakOff(RuntimeException why) {
            if (end()) {
                cancelSource();
                sink.onError(why);
            }
        }

        private boolean end() {
            watch.remove(this);
            return done.compareAndSet(false, true);
        }

        private void cancelSource() {
            var open = source;
            if (open != null) {
                open.cancel();
            }
        }

        private static StorageFailure malformed() {
            return Failures.malformed(Effect.NONE);
        }
    }

    private static final class Nobody implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(ByteBuffer piece) {
            // Nobody reads.
        }

        @Override
        public void onError(Throwable cause) {
            // Nobody reads.
        }

        @Override
        public void onComplete() {
            // Nobody reads.
        }
    }
}
