package io.triport.storage.durable;

import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the caller of an event waits for. Safe for many threads. */
final class AwaitedAnswer {
    /*
     * Whoever sets `decided` first says what becomes of a waiting event: its thread that it begins, its caller that it never will.
     */
    private static final Duration UNTIL_BEGUN = Duration.ofSeconds(30);
    private static final Duration UNTIL_ANSWERED = Duration.ofSeconds(30);

    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<ObjectAnswer> answer = new CompletableFuture<>();

    /** Whether the event may begin, or end without having begun: for the first who asks. */
    boolean decide() {
        return decided.compareAndSet(false, true);
    }

    void give(ObjectAnswer given) {
        answer.complete(given);
    }

    void fail(Throwable why) {
        answer.completeExceptionally(why);
    }

    ObjectAnswer await() {
        try {
            return awaitAnswer();
        } catch (ExecutionException e) {
            throw causeOf(e);
        } catch (TimeoutException e) {
            throw unknown("object: the event goes on", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw decide()
                    ? new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: interrupted", e)
                    : unknown("object: interrupted", e);
        }
    }

    private ObjectAnswer awaitAnswer() throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return answer.get(UNTIL_BEGUN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (decide()) {
                throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "object: too many events wait", e);
            }
            return answer.get(UNTIL_ANSWERED.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static StorageFailure unknown(String message, Throwable cause) {
        return new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, message, cause);
    }

    private static RuntimeException causeOf(ExecutionException failure) {
        return switch (failure.getCause()) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(failure);
        };
    }
}
