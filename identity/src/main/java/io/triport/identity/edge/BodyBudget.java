package io.triport.identity.edge;

import io.triport.domain.request.ByteSize;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that all bodies held at the same time may take together. Safe for many threads: one atomic. */
public final class BodyBudget {
    private final long total;
    private final AtomicLong reserved = new AtomicLong();

    /** @param total bytes for all bodies together, usually a quarter of the heap */
    public BodyBudget(ByteSize total) {
        this.total = total.bytes();
    }

    /** @param percent of the largest heap */
    public static BodyBudget ofHeap(int percent) {
        return new BodyBudget(ByteSize.ofBytes(Runtime.getRuntime().maxMemory() * percent / 100));
    }

    /** A share to be closed when the body is let go, or empty when it does not fit: answer 503 without reading. */
    public Optional<Share> reserve(ByteSize size) {
        var bytes = size.bytes();
        var now = reserved.get();
        while (bytes <= total - now) {
            if (reserved.compareAndSet(now, now + bytes)) {
                return Optional.of(new Share(bytes));
            }
            now = reserved.get();
        }
        return Optional.empty();
    }

    /** The same for what must be possible alone, however large: it takes three quarters at most, and so has no other beside it. */
    public Optional<Share> reserveMostOf(ByteSize size) {
        return reserve(ByteSize.ofBytes(Math.min(size.bytes(), total / 4 * 3)));
    }

    public ByteSize reserved() {
        return ByteSize.ofBytes(reserved.get());
    }

    /** A part of the budget, closed by its one holder. Closing it again does nothing. */
    public final class Share implements AutoCloseable {
        private final long bytes;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Share(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                reserved.addAndGet(-bytes);
            }
        }
    }
}
