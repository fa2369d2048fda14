package io.triport.kv;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Counts whoever gets as far as the data, by whatever way. */
record CountedEngine(StorageEngine engine, AtomicLong calls) implements StorageEngine {
    static CountedEngine over(StorageEngine engine) {
        return new CountedEngine(engine, new AtomicLong());
    }

    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        calls.incrementAndGet();
        return engine.keyValue(namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        calls.incrementAndGet();
        return engine.resources();
    }

    @Override
    public IdempotencyLedger idempotency() {
        calls.incrementAndGet();
        return engine.idempotency();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        calls.incrementAndGet();
        return engine.queue(definition);
    }

    @Override
    public CursorSeal cursors() {
        return engine.cursors();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        calls.incrementAndGet();
        return engine.together(inner -> unit.apply(new CountedEngine(inner, calls)));
    }

    @Override
    public void close() {
        engine.close();
    }
}
