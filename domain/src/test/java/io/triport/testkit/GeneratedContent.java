package io.triport.testkit;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A body that streams: made as it is asked for, the same bytes for the same seed. It may break off, and tells if it was closed. */
public final class GeneratedContent extends StreamedContent {
    private final long size;
    private final long breaksAfter;
    private final byte[] pattern;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicLong given = new AtomicLong();

    private GeneratedContent(long size, long breaksAfter, byte[] pattern) {
        this.size = size;
        this.breaksAfter = breaksAfter;
        this.pattern = pattern;
    }

    /** @param pieces bytes of a piece, which is also what the bytes repeat after */
    public static GeneratedContent of(int seed, long size, int pieces) {
        var pattern = new byte[pieces];
        new Random(seed).nextBytes(pattern);
        return new GeneratedContent(size, Long.MAX_VALUE, pattern);
    }

    public static GeneratedContent of(int seed, long size) {
        return of(seed, size, 10_007);
    }

    /** Of zeros. */
    public static GeneratedContent zeros(long size, int pieces) {
        return new GeneratedContent(size, Long.MAX_VALUE, new byte[pieces]);
    }

    /** All bytes of any content, which is closed then. */
    public static Bytes read(Content content) {
        var all = new ByteArrayOutputStream();
        try (var reader = new ContentReader(content)) {
            for (var piece = reader.next(); piece != null; piece = reader.next()) {
                all.writeBytes(Bytes.from(piece).toByteArray());
            }
            return Bytes.copyOf(all.toByteArray());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** The same, that fails with an {@link IOException} where so many bytes were given. */
    public GeneratedContent breakingAfter(long bytes) {
        return new GeneratedContent(size, bytes, pattern);
    }

    /** All bytes that it gives when it does not break. */
    public Bytes whole() {
        var all = ByteBuffer.allocate(Math.toIntExact(size));
        while (all.hasRemaining()) {
            all.put(pattern, 0, Math.min(pattern.length, all.remaining()));
        }
        return Bytes.from(all.flip());
    }

    /** How many bytes it has given so far. */
    public long given() {
        return given.get();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> {
            if (!subscribed.compareAndSet(false, true)) {
                throw new IllegalStateException("content: subscribed again");
            }
            subscriber.onSubscribe(new Giving(subscriber));
        };
    }

    private final class Giving implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final ByteBuffer piece = ByteBuffer.allocate(pattern.length);
        private final AtomicInteger asked = new AtomicInteger();
        private boolean ended;

        private Giving(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (n != 1) {
                throw new IllegalArgumentException("asked: " + n + " pieces (expected: one at a time)");
            }
            if (asked.getAndIncrement() == 0) {
                do {
                    give();
                } while (asked.decrementAndGet() > 0);
            }
        }

        @Override
        public void cancel() {
            ended = true;
        }

        private void give() {
            if (ended) {
                return;
            }
            var left = Math.min(size, breaksAfter) - given.get();
            if (left > 0) {
                // The same buffer every time: a piece is the subscriber's until it asks again, and not longer.
                piece.clear()
                        .put(pattern, 0, (int) Math.min(pattern.length, left))
                        .flip();
                given.addAndGet(piece.remaining());
                subscriber.onNext(piece);
                return;
            }
            ended = true;
            if (size > breaksAfter) {
                subscriber.onError(new IOException("the client has gone"));
            } else {
                subscriber.onComplete();
            }
        }
    }
}
