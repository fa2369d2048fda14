package io.triport.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Callers that start together. */
public final class AtOnce {
    /** No test depends on it: it only ends one that would hang. */
    private static final long HANGS_AFTER_SECONDS = 300;

    private AtOnce() {}

    /** The callers' answers in their order, after all have ended. @param caller makes the work of the caller of a number */
    public static <R> List<R> run(int callers, IntFunction<Callable<R>> caller) {
        var ready = new CountDownLatch(callers);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<R>>();
            for (var number = 0; number < callers; number++) {
                var work = caller.apply(number);
                running.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return work.call();
                }));
            }
            var answers = new ArrayList<R>();
            for (var answer : running) {
                answers.add(await(answer));
            }
            return answers;
        }
    }

    private static <R> R await(Future<R> answer) {
        try {
            return answer.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a caller failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new AssertionError("a caller hangs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
