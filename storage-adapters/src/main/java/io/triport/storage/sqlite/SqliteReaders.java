package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** A fixed number of connections that only read, lent to one caller at a time each. Safe for many threads. */
final class SqliteReaders implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final BlockingDeque<SqliteSession> idle = new LinkedBlockingDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final int count;

    SqliteReaders(int count, Supplier<SqliteSession> connect) {
        this.count = count;
        for (var i = 0; i < count; i++) {
            idle.add(connect.get());
        }
    }

    <R> R read(Function<SqliteSession, R> work) {
        var session = borrow();
        try {
            return work.apply(session);
        } finally {
            // Last in, first out: the caches of few connections stay warm.
            idle.addFirst(session);
        }
    }

    int idle() {
        return idle.size();
    }

    int busy() {
        return count - idle();
    }

    /** Callers that wait for one. */
    int waiting() {
        return waiting.get();
    }

    /** Waits for those that are lent. */
    @Override
    public void close() {
        for (var i = 0; i < count; i++) {
            borrow().close();
        }
    }

    private SqliteSession borrow() {
        var free = idle.pollFirst();
        if (free != null) {
            return free;
        }
        waiting.incrementAndGet();
        try {
            var session = idle.pollFirst(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
            if (session == null) {
                throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "sqlite: all readers are busy");
            }
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sqlite: interrupted", e);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
