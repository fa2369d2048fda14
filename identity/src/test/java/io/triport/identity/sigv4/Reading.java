package io.triport.identity.sigv4;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Reads bodies that come in pieces, the way a store does: one at a time, and copying what it keeps. */
final class Reading implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    @Nullable
    Throwable failure;

    boolean complete;

    static Reading of(Content content) {
        var reading = new Reading();
        content.bytes().subscribe(reading);
        return reading;
    }

    Bytes bytes() {
        return Bytes.copyOf(taken.toByteArray());
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            taken.write(piece.get());
        }
        Objects.requireNonNull(subscription).request(1);
    }

    @Override
    public void onError(Throwable thrown) {
        failure = thrown;
    }

    @Override
    public void onComplete() {
        complete = true;
    }

    /** A body that streams in pieces that end where a test wants; a piece is overwritten as soon as the next one is asked for. */
    static final class Cut implements Content {
        private final Deque<byte[]> pieces = new ArrayDeque<>();
        private final long length;
        private final AtomicBoolean taken = new AtomicBoolean();
        final AtomicBoolean cancelled = new AtomicBoolean();

        Cut(Bytes whole, List<Integer> ends) {
            length = whole.size();
            var from = 0;
            for (var end : ends) {
                pieces.add(whole.slice(from, end).toByteArray());
                from = end;
            }
            pieces.add(whole.slice(from, whole.size()).toByteArray());
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(length);
        }

        @Override
        public Flow.Publisher<ByteBuffer> bytes() {
            if (!taken.compareAndSet(false, true)) {
                throw new IllegalStateException("body: read a second time (expected: once)");
            }
            return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                private byte[] before = new byte[0];
                private boolean ended;

                @Override
                public void request(long n) {
                    Arrays.fill(before, (byte) '!');
                    if (pieces.isEmpty()) {
                        end();
                        return;
                    }
                    before = pieces.remove();
                    subscriber.onNext(ByteBuffer.wrap(before));
                    if (pieces.isEmpty()) {
                        end();
                    }
                }

                private void end() {
                    if (!ended && !cancelled.get()) {
                        ended = true;
                        subscriber.onComplete();
                    }
                }

                @Override
                public void cancel() {
                    cancelled.set(true);
                }
            });
        }

        @Override
        public Content limitedTo(ByteSize most) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Bytes buffered() {
            throw new IllegalStateException("streams");
        }

        @Override
        public void close() {
            cancelled.set(true);
        }
    }
}
