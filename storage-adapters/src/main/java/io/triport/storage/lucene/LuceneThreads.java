package io.triport.storage.lucene;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Platform threads that nobody interrupts: an interrupt closes the file that Lucene is about to read or write, for everybody. They
 * also wait for pages of mapped files, which would hold the carrier of a virtual thread. Safe for many threads.
 */
final class LuceneThreads implements AutoCloseable {
    private static final int MOST = 16;
    private static final int WAITING = 1_024;
    private static final int IDLE_SECONDS = 60;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("vectors-", 1).daemon().factory());

    LuceneThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Does what changes nothing, or nothing that a caller has to know of. */
    <R> R read(Supplier<R> work) {
        var answer = new CompletableFuture<R>();
        submit(() -> {
            try {
                answer.complete(work.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return await(answer, () -> FailureCode.UNAVAILABLE);
    }

    /** @throws StorageFailure.Unavailable OVERLOADED or UNAVAILABLE when it will not run */
    void submit(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            var code = threads.isShutdown() ? FailureCode.UNAVAILABLE : FailureCode.OVERLOADED;
            throw new StorageFailure.Unavailable(code, "vectors: closed, or too many calls wait", e);
        }
    }

    /** @param left what a caller who waits no longer has to believe */
    static <R> R await(Future<R> answer, Supplier<FailureCode> left) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(left.get(), "vectors: interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    int busy() {
        return threads.getActiveCount();
    }

    int idle() {
        return MOST - threads.getActiveCount();
    }

    int waiting() {
        return threads.getQueue().size();
    }

    /** Lets what runs and waits come to its end. */
    @Override
    public void close() {
        threads.close();
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
