package io.triport.storage.cache;

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

/** The engine of a unit, whose changes are noted. */
record NotingEngine(StorageEngine engine, UnitChanges changes) implements StorageEngine {
    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return new NotingKeyValueStore(engine.keyValue(namespace), changes, namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return new CachingResourceCatalogue(engine.resources(), changes::noteAll);
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
    public Queue queue(QueueDefinition definition) {
        return engine.queue(definition);
    }

    @Override
    public Tables tables() {
        return engine.tables();
    }

    @Override
    public CursorSeal cursors() {
        return engine.cursors();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return engine.together(inner -> unit.apply(new NotingEngine(inner, changes)));
    }

    @Override
    public void close() {
        engine.close();
    }
}
