package io.triport.storage.s3;

import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A content on its way to an endpoint. Read once; the monitor of its passage guards what is on the way. */
final class UploadBody implements Flow.Publisher<ByteBuffer> {
    /*
     * The last piece is held back until the content has ended well and its checksums hold: the endpoint has not seen a whole
     * body before, and so has stored nothing.
     *
     * Pieces are copied, because the connection may ask for the next one while it still holds the one before, and cut, because
     * it asks for two at once.
     */
    private static final int PIECE = 65_536;

    private volatile Content content;
    private final long length;
    private final Sums sums;
    private final @Nullable ChunkFrames frames;
    private final Ticker ticker;
    private volatile boolean started;
    private volatile @Nullable Passage passage;
    private volatile boolean delivered;
    private volatile boolean sourceIsDue;
    private volatile long movedAt;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable ChecksumAlgorithm mismatch;

    UploadBody(Content content, long length, Sums sums, Ticker ticker) {
        this.content = content;
        this.length = length;
        this.sums = sums;
        this.frames = sums.keptAlgorithm()
                .map(algorithm -> new ChunkFrames(length, algorithm))
                .orElse(null);
        this.ticker = ticker;
        this.movedAt = ticker.nanos();
    }

    /** Of what is sent, in bytes. */
    long sentLength() {
        return frames == null ? length : frames.framedLength();
    }

    /** Whether a checksum follows the bytes. */
    boolean framed() {
        return frames != null;
    }

    /** The fields that announce it; empty where none follows. */
    Map<String, String> framing() {
        return sums.keptAlgorithm()
                .map(algorithm -> Map.of(
                        "x-amz-trailer", Sums.field(algorithm), "x-amz-decoded-content-length", Long.toString(length)))
                .orElse(Map.of());
    }

    long length() {
        return length;
    }

    Sums sums() {
        return sums;
    }

    /** Whether the content was asked for bytes, which it gives only once. */
    boolean started() {
        return started;
    }

    /** What the content failed with. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    Optional<ChecksumAlgorithm> mismatch() {
        return Optional.ofNullable(mismatch);
    }

    /** Whether all bytes were handed over. */
    boolean delivered() {
        return delivered;
    }

    /** Whether the endpoint, and not the content, has kept this body waiting for so long. */
    boolean stalled(Duration most) {
        return !sourceIsDue && ticker.nanos() - movedAt > most.toNanos();
    }

    /**
     * Reads a content of no bytes to its end, before anything is sent: a request with an empty body is whole with its head.
     *
     * @throws InterruptedException when the caller no longer waits
     */
    void readEmpty() throws InterruptedException {
        started = true;
        var end = new Ending();
        content.bytes().subscribe(end);
        var cause = end.await();
        content = Content.of(Bytes.EMPTY);
        started = false;
        if (cause.isPresent()) {
            failure = cause.get();
        } else {
            mismatch = sums.mismatch().orElse(null);
        }
    }

    /** Gives the content back, wherever it is. */
    void close() {
        var open = passage;
        if (open == null || !started) {
            content.close();
        } else {
            open.cancel();
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> sink) {
        var opened = new Passage(sink);
        passage = opened;
        sink.onSubscribe(opened);
    }

    private final class Passage implements Flow.Subscriber<ByteBuffer>, Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> sink;
        private final ArrayDeque<ByteBuffer> ready = new ArrayDeque<>();
        private volatile Flow.@Nullable Subscription source;
        private @Nullable ByteBuffer last;
        private @Nullable Throwable error;
        private long demand;
        private long received;
        private boolean begun;
        private boolean asked;
        private boolean ended;
        private boolean finished;
        private boolean busy;

        private Passage(Flow.Subscriber<? super ByteBuffer> sink) {
            this.sink = sink;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            synchronized (this) {
                source = subscription;
                if (finished) {
                    subscription.cancel();
                    return;
                }
            }
            pass();
        }

        @Override
        public void request(long count) {
            boolean first;
            synchronized (this) {
                first = !begun && !finished;
                begun = true;
                demand = demand > Long.MAX_VALUE - count ? Long.MAX_VALUE : demand + count;
            }
            movedAt = ticker.nanos();
            if (first) {
                // Not before: a connection that waits for leave to send may give the body up unread.
                started = true;
                sourceIsDue = true;
                content.bytes().subscribe(this);
            } else {
                pass();
            }
        }

        @Override
        public void cancel() {
            synchronized (this) {
                if (finished) {
                    return;
                }
                finished = true;
                ready.clear();
            }
            sourceIsDue = false;
            var open = source;
            if (open != null) {
                open.cancel();
            }
        }

        @Override
        public void onNext(ByteBuffer piece) {
            received += piece.remaining();
            if (received > length) {
                Objects.requireNonNull(source).cancel();
                onError(new InvalidInput("body", length + " bytes"));
                return;
            }
            sums.update(piece);
            var copy = ByteBuffer.allocate(piece.remaining()).put(piece).flip();
            synchronized (this) {
                asked = false;
                if (received < length) {
                    prepare(copy);
                } else if (copy.hasRemaining()) {
                    last = copy;
                }
            }
            pass();
        }

        @Override
        public void onComplete() {
            if (received < length) {
                onError(new InvalidInput("body", length + " bytes"));
                return;
            }
            var wrong = sums.mismatch();
            if (wrong.isPresent()) {
                mismatch = wrong.get();
                onError(new InvalidInput("checksum", wrong.get() + " of the bytes"));
                return;
            }
            synchronized (this) {
                if (last != null) {
                    prepare(last);
                }
                if (frames != null) {
                    ready.add(frames.end(() -> Objects.requireNonNull(sums.kept())));
                }
                ended = true;
            }
            pass();
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
            synchronized (this) {
                error = cause;
            }
            pass();
        }

        private void prepare(ByteBuffer piece) {
            for (var part : frames == null ? List.of(piece) : frames.framed(piece)) {
                for (var at = part.position(); at < part.limit(); at += PIECE) {
                    ready.add(part.slice(at, Math.min(PIECE, part.limit() - at)));
                }
            }
        }

        /** Signals of both sides come on threads of their own; whoever is busy here does what the others leave. */
        private void pass() {
            while (true) {
                ByteBuffer next = null;
                Throwable broken = null;
                var complete = false;
                synchronized (this) {
                    if (busy || finished || source == null) {
                        return;
                    }
                    if (error != null) {
                        broken = error;
                        finished = true;
                    } else if (ended && ready.isEmpty()) {
                        complete = true;
                        finished = true;
                    } else if (!ready.isEmpty()) {
                        if (demand == 0) {
                            sourceIsDue = false;
                            return;
                        }
                        demand--;
                        next = ready.poll();
                        // The connection counts too, and may not wait for the signal that this was all.
                        delivered = ended && ready.isEmpty();
                    } else if (asked || ended || demand == 0 && received < length) {
                        sourceIsDue = demand > 0;
                        return;
                    } else {
                        asked = true;
                    }
                    busy = true;
                }
                signal(next, broken, complete);
                synchronized (this) {
                    busy = false;
                }
            }
        }

        private void signal(@Nullable ByteBuffer next, @Nullable Throwable broken, boolean complete) {
            if (broken != null) {
                sink.onError(broken);
            } else if (complete) {
                movedAt = ticker.nanos();
                sourceIsDue = false;
                delivered = true;
                sink.onComplete();
            } else if (next != null) {
                movedAt = ticker.nanos();
                sourceIsDue = false;
                sink.onNext(next);
            } else {
                sourceIsDue = true;
                Objects.requireNonNull(source).request(1);
            }
        }
    }
}
