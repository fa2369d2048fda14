package io.triport.storage.s3;

import io.netty.channel.EventLoopGroup;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
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
    private static final int AHEAD = 64 * 1024;
    private static final int JOINED = 128 * 1024;
    private static final int LARGE = 32 * 1024;

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

    /** The monitor guards all but what is being told. */
    private final class Passage implements Subscriber<ByteBuffer>, Flow.Subscription {
        /*
         * Pieces may be small, and each change of threads costs more than they do. So some are asked for ahead, one at a time
         * lest they be large, and what has come when the reader wants more goes to it as one: nothing waits for company.
         */
        private final Flow.Subscriber<? super ByteBuffer> sink;
        private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
        private volatile @Nullable Subscription source;
        private @Nullable ByteBuffer joined;
        private @Nullable Throwable failure;
        private long due;
        private long received;
        private long movedAt = ticker.nanos();
        private int ahead;
        private boolean asked;
        private boolean given;
        private boolean ended;
        private boolean busy;
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
            if (count <= 0) {
                failed(new IllegalArgumentException("count: " + count + " (expected: at least 1)"));
                return;
            }
            synchronized (this) {
                due = due > Long.MAX_VALUE - count ? Long.MAX_VALUE : due + count;
                movedAt = ticker.nanos();
            }
            pass();
        }

        @Override
        public void cancel() {
            synchronized (this) {
                if (done) {
                    return;
                }
                done = true;
                arrived.clear();
            }
            var open = source;
            if (open != null) {
                open.cancel();
            }
        }

        @Override
        public void onNext(ByteBuffer piece) {
            synchronized (this) {
                if (done) {
                    return;
                }
                asked = false;
                movedAt = ticker.nanos();
                ahead += piece.remaining();
                if (piece.hasRemaining()) {
                    arrived.add(piece);
                }
            }
            pass();
        }

        @Override
        public void onError(Throwable cause) {
            synchronized (this) {
                if (failure == null) {
                    failure = Failures.lost(cause, Effect.NONE);
                }
            }
            pass();
        }

        @Override
        public void onComplete() {
            synchronized (this) {
                ended = true;
            }
            pass();
        }

        private void failed(Throwable cause) {
            synchronized (this) {
                arrived.clear();
                failure = cause;
            }
            pass();
        }

        /** Signals of both sides come on threads of their own; whoever is busy here does what the others leave. */
        private void pass() {
            while (true) {
                ByteBuffer next = null;
                Throwable broken = null;
                var more = false;
                synchronized (this) {
                    if (busy || done) {
                        return;
                    }
                    if (due > 0 && !arrived.isEmpty()) {
                        due--;
                        next = join();
                        received += next.remaining();
                        ahead -= next.remaining();
                        given = true;
                        if (received > most) {
                            broken = new InvalidInput("body", "at most " + most + " bytes");
                        }
                    } else if (arrived.isEmpty() && failure != null) {
                        broken = failure;
                    } else if (arrived.isEmpty() && ended) {
                        // Whoever has the last piece is done with it when it asks for more.
                        if (given && due == 0) {
                            return;
                        }
                        broken = received == length ? null : Failures.malformed(Effect.NONE);
                    } else if (!asked && !ended && failure == null && ahead < AHEAD && (given || due > 0)) {
                        asked = true;
                        more = true;
                    } else {
                        return;
                    }
                    done = broken != null || next == null && !more;
                    busy = true;
                }
                tell(next, broken, more);
                synchronized (this) {
                    busy = false;
                }
            }
        }

        private void tell(@Nullable ByteBuffer next, @Nullable Throwable broken, boolean more) {
            if (broken != null) {
                var open = source;
                if (open != null) {
                    open.cancel();
                }
                sink.onError(broken);
            } else if (next != null) {
                sink.onNext(next);
            } else if (more) {
                Objects.requireNonNull(source).request(1);
            } else {
                sink.onComplete();
            }
        }

        /** What has come, as one piece unless it is large; in the place of the one before, which nobody has any more. */
        private ByteBuffer join() {
            if (arrived.size() == 1 || arrived.element().remaining() >= LARGE) {
                return arrived.remove();
            }
            var to = joined == null || due > 0
                    ? ByteBuffer.allocateDirect(Math.clamp(length, 1, JOINED))
                    : joined.clear();
            if (due == 0) {
                joined = to; // who asked for several may keep them
            }
            while (!arrived.isEmpty() && to.hasRemaining()) {
                var piece = arrived.element();
                var fitting = Math.min(to.remaining(), piece.remaining());
                to.put(piece.slice(piece.position(), fitting));
                piece.position(piece.position() + fitting);
                if (!piece.hasRemaining()) {
                    arrived.remove();
                }
            }
            return to.flip();
        }

        private void watch() {
            loops.schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
        }

        private void look() {
            boolean silent;
            synchronized (this) {
                if (done) {
                    return;
                }
                silent = due > 0 && ticker.nanos() - movedAt > SILENCE;
            }
            if (silent) {
                failed(new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "s3: silent in a body"));
            } else {
                watch();
            }
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
