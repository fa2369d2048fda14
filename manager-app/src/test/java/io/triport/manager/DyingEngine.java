package io.triport.manager;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An engine of which after some units none commits any more, as if the process had been killed between two. */
public final class DyingEngine implements StorageEngine {
    private final StorageEngine engine;
    private final AtomicInteger units;
    private final CountDownLatch dead = new CountDownLatch(1);

    public DyingEngine(StorageEngine engine, int units) {
        this.engine = engine;
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
        return engine.together(unit);
    }

    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return engine.keyValue(namespace);
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
    public Tables tables() {
        return engine.tables();
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
    public void close() {
        // The data outlives it.
    }
}
