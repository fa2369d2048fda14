package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Runs statements on platform threads: SQLite works in native code, for as long as a statement lasts, and would hold the carrier of
 * a virtual thread for that time. Safe for many threads.
 */
final class SqlThreads implements AutoCloseable {
    private static final int MOST = 32;

    private final Ticker ticker;
    private final Duration patience;
    private final Semaphore places = new Semaphore(MOST);
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("sql-", 1).daemon().factory());

    /** @param patience of a call that waits for its turn */
    SqlThreads(Ticker ticker, Duration patience) {
        this.ticker = ticker;
        this.patience = patience;
    }

    /** What a call that nobody waits for any more may have done. */
    enum Effect {
        READS(FailureCode.UNAVAILABLE),
        CHANGES(FailureCode.OUTCOME_UNKNOWN);

        private final FailureCode code;

        Effect(FailureCode code) {
            this.code = code;
        }
    }

    SqlDeadline deadline(Duration most) {
        return new SqlDeadline(ticker, most);
    }

    /**
     * Does the work when there is a place for it.
     *
     * @param turn a permit of it is held as long as the work goes on, even when its caller is gone
     */
    <R> R run(Semaphore turn, SqlDeadline deadline, Effect effect, Function<SqlDeadline, R> work) {
        take(turn);
        try {
            take(places);
        } catch (StorageFailure e) {
            turn.release();
            throw e;
        }
        var running = submit(turn, () -> work.apply(deadline));
        try {
            return running.get();
        } catch (InterruptedException e) {
            deadline.leave();
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(effect.code, "sql: interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** By the clock of deadlines. */
    long nanos() {
        return ticker.nanos();
    }

    /** Does work that nobody waits for, when there is a place for it at once; whether there is. */
    boolean aside(Semaphore turn, Runnable work) {
        if (!turn.tryAcquire()) {
            return false;
        }
        if (!places.tryAcquire()) {
            turn.release();
            return false;
        }
        submit(turn, () -> {
            work.run();
            return true;
        });
        return true;
    }

    /** Lets what runs come to its end. */
    @Override
    public void close() {
        threads.close();
    }

    private <R> Future<R> submit(Semaphore turn, Callable<R> work) {
        try {
            return threads.submit(() -> {
                try {
                    return work.call();
                } finally {
                    places.release();
                    turn.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
            turn.release();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: closed", e);
        }
    }

    /** Statements that run. */
    int busy() {
        return MOST - places.availablePermits();
    }

    /** Those that could run besides. */
    int idle() {
        return places.availablePermits();
    }

    /** Callers that wait for their turn with a database, or for a place. */
    int waiting() {
        return waiting.get();
    }

    private void take(Semaphore one) {
        if (one.tryAcquire()) {
            return;
        }
        waiting.incrementAndGet();
        try {
            if (!one.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "sql: others use the database");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: interrupted", e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
            return failure;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }
}
