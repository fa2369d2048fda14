package io.triport.e2e.kv;

import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.ForwardingEngine;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds each request that has got as far as storage until it is let go. */
final class HoldingEngine extends ForwardingEngine {
    /** No test depends on it: it only ends one that would hang. */
    private static final long LONGEST_SECONDS = 60;

    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore released = new Semaphore(0);

    private HoldingEngine(StorageEngine engine) {
        super(engine);
    }

    static HoldingEngine over(StorageEngine engine) {
        return new HoldingEngine(engine);
    }

    Semaphore arrived() {
        return arrived;
    }

    Semaphore released() {
        return released;
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        arrived.release();
        try {
            if (released.tryAcquire(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return engine().keyValue(namespace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("nobody let it go");
    }
}
