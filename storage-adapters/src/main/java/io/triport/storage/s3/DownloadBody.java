package io.triport.storage.s3;

import io.netty.channel.EventLoopGroup;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.FailureCode;
import io.triport.domain.storage.StorageFailure;
import io.triport.domain.time.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The body of an answer, as fast as it is read. */
final class DownloadBody implements Content {
    private static final long SILENCE = Duration.ofSeconds(30).toNanos();
    private static final int LOOK_SECONDS = 1;

    private final Answer answer;
    private final long length;
    private final long most;
    private final EventLoopGroup loops;
    private final Ticker ticker;
    private final AtomicReference<@Nullable Passage> passage;

    DownloadBody(Answer answer, long length, EventLoopGroup loops, Ticker ticker) {
        this(answer, length, Long.MAX_VALUE, loops, ticker, new AtomicReference<>());
    }

    private DownloadBody(
            Answer answer,
            long length,
            long most,
            EventLoopGroup loops,
            Ticker ticker,
            AtomicReference<@Nullable Passage> passage) {
        this.answer = answer;
        this.length = length;
        this.most = most;
        this.loops = loops;
        this.ticker = ticker;
        this.passage = passage;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return sink -> {
            var opened = new Passage(sink);
            if (!passage.compareAndSet(null, opened)) {
                throw new IllegalStateException("body: read a second time (expected: once)");
            }
            answer.body().subscribe(opened);
        };
    }

    @Override
    public Content limitedTo(ByteSize bound) {
        return new DownloadBody(answer, length, Math.min(most, bound.bytes()), loops, ticker, passage);
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("body: streams (expected: held in memory)");
    }

    @Override
    public void close() {
        if (passage.compareAndSet(null, new Passage(new Nobody()))) {
            answer.drop();
            return;
        }
        var open = passage.get();
        if (open != null) {
            open.cancel();
        }
    }

    /** The monitor keeps a failure for silence from meeting a piece. */
    private final class Passage implements Subscriber<ByteBuffer>, Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> sink;
        private volatile @Nullable Subscription source;
        private long due;
        private long received;
        private long movedAt = ticker.nanos();
        private boolean done;

        private Passage(Flow.Subscriber<? super ByteBuffer> sink) {
            this.sink = sink;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            synchronized (this) {
                if (done) {
                    subscription.cancel();
                    return;
                }
            }
            watch();
            sink.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            synchronized (this) {
                due = due > Long.MAX_VALUE - count ? Long.MAX_VALUE : due + count;
                movedAt = ticker.nanos();
            }
            var open = source;
            if (open != null) {
                open.request(count);
            }
        }

        @Override
        public void cancel() {
            synchronized (this) {
                if (done) {
                    return;
                }
                done = true;
            }
            var open = source;
            if (open != null) {
                open.cancel();
            }
        }

        @Override
        public synchronized void onNext(ByteBuffer piece) {
            if (done) {
                return;
            }
            due--;
            movedAt = ticker.nanos();
            received += piece.remaining();
            if (received > most) {
                cancel();
                sink.onError(new InvalidInput("body", "at most " + most + " bytes"));
                return;
            }
            sink.onNext(piece);
        }

        @Override
        public synchronized void onError(Throwable cause) {
            if (!done) {
                done = true;
                sink.onError(Failures.lost(cause, Effect.NONE));
            }
        }

        @Override
        public synchronized void onComplete() {
            if (done) {
                return;
            }
            done = true;
            if (received == length) {
                sink.onComplete();
            } else {
                sink.onError(Failures.malformed(Effect.NONE));
            }
        }

        private void watch() {
            loops.schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
        }

        private void look() {
            synchronized (this) {
                if (done) {
                    return;
                }
                if (due > 0 && ticker.nanos() - movedAt > SILENCE) {
                    cancel();
                    sink.onError(new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "s3: silent in a body"));
                    return;
                }
            }
            watch();
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
