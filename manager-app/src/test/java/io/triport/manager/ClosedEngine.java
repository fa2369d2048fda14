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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An engine that fails whoever reaches it, while a test says so. */
final class ClosedEngine implements StorageEngine {
    private final StorageEngine engine;
    private final AtomicBoolean closed;
    private final AtomicInteger refused = new AtomicInteger();

    ClosedEngine(StorageEngine engine, AtomicBoolean closed) {
        this.engine = engine;
        this.closed = closed;
    }

    /** So often somebody was refused. */
    int refused() {
        return refused.get();
    }

    private StorageEngine open() {
        if (closed.get()) {
            refused.incrementAndGet();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "closed");
        }
        return engine;
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return open().together(unit);
    }

    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return open().keyValue(namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return open().resources();
    }

    @Override
    public IdempotencyLedger idempotency() {
        return open().idempotency();
    }

    @Override
    public Tables tables() {
        return open().tables();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return open().queue(definition);
    }

    @Override
    public CursorSeal cursors() {
        return engine.cursors();
    }

    @Override
    public void close() {
        engine.close();
    }
}
