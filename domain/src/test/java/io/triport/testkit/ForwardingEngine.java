package io.triport.testkit;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import java.util.function.Function;

/** Another engine under its own name, so that a test spoils what it is about and leaves the rest. */
public abstract class ForwardingEngine implements StorageEngine {
    private final StorageEngine engine;

    protected ForwardingEngine(StorageEngine engine) {
        this.engine = engine;
    }

    protected final StorageEngine engine() {
        return engine;
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
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
    public Namespace adopt(Namespace namespace) {
        return engine.adopt(namespace);
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
        engine.close();
    }
}
