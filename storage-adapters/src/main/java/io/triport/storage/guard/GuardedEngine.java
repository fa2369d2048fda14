package io.triport.storage.guard;

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
import java.util.function.Supplier;

/** An engine of which no key is written too often. @param writes for one call; within a unit the same for all of its calls */
record GuardedEngine(StorageEngine engine, LastWrites last, Supplier<Writes> writes) implements StorageEngine {
    GuardedEngine(StorageEngine engine, LastWrites last) {
        this(engine, last, () -> new Writes(last));
    }

    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return new GuardedKeyValueStore(engine.keyValue(namespace), writes, namespace);
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

    /** A unit may be begun again, as if it had not been; and what it did not commit was no write. */
    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        var own = new Writes(last);
        try {
            return engine.together(inner -> {
                own.giveAllBack();
                return unit.apply(new GuardedEngine(inner, last, () -> own));
            });
        } catch (RuntimeException e) {
            own.giveAllBack();
            throw e;
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
