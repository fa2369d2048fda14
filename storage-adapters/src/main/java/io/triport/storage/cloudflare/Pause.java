package io.triport.storage.cloudflare;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass before a call is made again. */
@FunctionalInterface
interface Pause {
    Pause REAL = time -> {
        if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("nobody counts this latch down");
        }
    };

    void of(Duration time) throws InterruptedException;
}
