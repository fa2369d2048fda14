package io.triport.gateway.audit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Wakes one thread that waits for work. To wake it when it is awake costs a read. */
final class Alarm {
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile Thread sleeper = Thread.currentThread();

    /** For one thread: returns when woken or when the time is over, at once when there is work. */
    void await(long nanos, BooleanSupplier work) {
        sleeper = Thread.currentThread();
        asleep.set(true);
        if (!work.getAsBoolean()) {
            LockSupport.parkNanos(this, nanos);
        }
        asleep.set(false);
    }

    void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(sleeper);
        }
    }
}
