package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A write that waits for the writer, and its caller who waits for the answer. */
final class SqliteWrite<R> {
    private final Function<SqliteTransaction, R> work;

    /** Whoever sets it decides: the writer that the work is done, the caller that it never will be. */
    private final AtomicBoolean decided = new AtomicBoolean();

    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private @Nullable R result;
    private @Nullable Throwable failure;

    /** How long a caller waits for the writer to begin, and from then on for the answer. */
    record Patience(Duration untilBegun, Duration untilAnswered) {}

    SqliteWrite(Function<SqliteTransaction, R> work) {
        this.work = work;
    }

    /** Whether the work is still wanted; from then on it will be done. */
    boolean begin() {
        return decided.compareAndSet(false, true);
    }

    /** Does the work, perhaps once more; its result or failure is told later. */
    void run(SqliteTransaction transaction) {
        failure = null;
        try {
            result = transaction.member(work);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Tells the caller what the work came to, now that it is durable. */
    void answer() {
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(result);
        }
    }

    void fail(Throwable cause) {
        answer.completeExceptionally(failure == null ? cause : failure);
    }

    R await(Patience patience) {
        try {
            return awaitBegun(patience);
        } catch (ExecutionException e) {
            throw causeOf(e);
        } catch (TimeoutException e) {
            throw SqliteFailures.outcomeUnknown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw begin()
                    ? new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sqlite: interrupted", e)
                    : SqliteFailures.outcomeUnknown(e);
        }
    }

    private R awaitBegun(Patience patience) throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return answer.get(patience.untilBegun().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (begin()) {
                throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "sqlite: the writer is busy", e);
            }
            return answer.get(patience.untilAnswered().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static RuntimeException causeOf(ExecutionException failure) {
        return switch (failure.getCause()) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(failure);
        };
    }
}
