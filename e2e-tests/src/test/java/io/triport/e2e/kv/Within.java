package io.triport.e2e.kv;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition of another process. No test depends on how long it takes; the bound ends one that would hang. */
public final class Within {
    private static final Duration MOST = Duration.ofSeconds(180);
    private static final long GLANCE_MILLIS = 20;

    private Within() {}

    /** @throws AssertionError when the condition does not come to hold */
    public static void reason(String what, BooleanSupplier condition) {
        var never = new CountDownLatch(1);
        var until = System.nanoTime() + MOST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("not within " + MOST + ": " + what);
            }
            try {
                if (never.await(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("nobody counts this down");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
