package io.triport.kv;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import java.util.function.Function;
import java.util.function.Supplier;

/** An engine that opens and then fails at every call for pairs. */
record FailingEngine(StorageEngine engine, Supplier<StorageFailure> failure) implements StorageEngine {
    static FailingEngine over(StorageEngine engine, Supplier<StorageFailure> failure) {
        return new FailingEngine(engine, failure);
    }

    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        throw failure.get();
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
        return engine.together(inner -> unit.apply(new FailingEngine(inner, failure)));
    }

    @Override
    public void close() {
        engine.close();
    }
}
