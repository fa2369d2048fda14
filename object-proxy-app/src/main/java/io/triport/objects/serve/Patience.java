package io.triport.objects.serve;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for work, for a while and no longer. Safe for many threads. */
@FunctionalInterface
public interface Patience {
    /** Whether the work has ended, however it did. */
    boolean awaits(Future<?> work) throws InterruptedException;

    static Patience of(Duration most) {
        return work -> {
            try {
                work.get(most.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException | CancellationException e) {
                return true;
            }
        };
    }
}
