package io.triport.e2e.kv;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Holds each request that has got as far as storage until it is let go. */
record HoldingEngine(StorageEngine engine, Semaphore arrived, Semaphore released) implements StorageEngine {
    /** No test depends on it: it only ends one that would hang. */
    private static final long LONGEST_SECONDS = 60;

    static HoldingEngine over(StorageEngine engine) {
        return new HoldingEngine(engine, new Semaphore(0), new Semaphore(0));
    }

    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        arrived.release();
        try {
            if (released.tryAcquire(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return engine.keyValue(namespace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("nobody let it go");
    }

    @Override
    public ResourceCatalogue resources() {
        return engine.resources();
    }

    @Override
    public IdempotencyLedger idempotency() {
        return engine.idempotency();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return engine.queue(definition);
    }

    @Override
    public CursorSeal cursors() {
        return engine.cursors();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return engine.together(unit);
    }

    @Override
    public void close() {
        engine.close();
    }
}
