package io.triport.manager.route;

import io.triport.manager.answer.Problem;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Lets calls of one name come one after the other on this node, so that the later one hears what the earlier one was answered. Safe for
 * many threads.
 */
public final class Turns {
    private final ConcurrentHashMap<Object, CountDownLatch> present = new ConcurrentHashMap<>();

    /** Waits until no other has the name. @throws io.triport.manager.answer.Refused REQUEST_TIMEOUT when interrupted meanwhile */
    public <R> R take(Object name, Supplier<R> work) {
        var mine = new CountDownLatch(1);
        for (var other = present.putIfAbsent(name, mine); other != null; other = present.putIfAbsent(name, mine)) {
            await(other);
        }
        try {
            return work.get();
        } finally {
            present.remove(name);
            mine.countDown();
        }
    }

    private static void await(CountDownLatch other) {
        try {
            other.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.REQUEST_TIMEOUT.refused();
        }
    }
}
