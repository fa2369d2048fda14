package io.triport.manager;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.ForwardingEngine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An engine of which after some units none commits any more, as if the process had been killed between two. */
public final class DyingEngine extends ForwardingEngine {
    private final AtomicInteger units;
    private final CountDownLatch dead = new CountDownLatch(1);

    public DyingEngine(StorageEngine engine, int units) {
        super(engine);
        this.units = new AtomicInteger(units);
    }

    /** Waits until a unit has been refused. */
    public void awaitDeath() throws InterruptedException {
        dead.await();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        if (units.getAndDecrement() <= 0) {
            dead.countDown();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "dead");
        }
        return engine().together(unit);
    }

    @Override
    public void close() {
        // The data outlives it.
    }
}
