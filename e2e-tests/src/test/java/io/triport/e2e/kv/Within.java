package io.triport.e2e.kv;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition of another process. No test depends on how long it takes; the bound ends one that would hang. */
public final class Within {
    private static final Duration MOST = Duration.ofSeconds(180);
    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    /** A pause is this part of the wait so far: who looks all the time takes the processor from those he waits for. */
    private static final long PART = 20;

    private Within() {}

    /** @throws AssertionError when the condition does not come to hold */
    public static void reason(String what, BooleanSupplier condition) {
        var never = new CountDownLatch(1);
        var begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            var waited = Duration.ofNanos(System.nanoTime() - begin);
            if (waited.compareTo(MOST) > 0) {
                throw new AssertionError("not within " + MOST + ": " + what);
            }
            try {
                if (never.await(pause(waited), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("nobody counts this down");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    private static long pause(Duration waited) {
        return Math.clamp(waited.toMillis() / PART, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
    }
}
