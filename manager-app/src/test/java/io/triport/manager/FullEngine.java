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
import java.util.function.Function;
import java.util.function.Predicate;

/** An engine whose units find no room while its disk is full, if there is more in them than a test says. */
final class FullEngine implements StorageEngine {
    private final StorageEngine engine;
    private final AtomicBoolean full;
    private final Predicate<StorageEngine> needsRoom;

    /** @param needsRoom looks at what a unit has made of the data */
    FullEngine(StorageEngine engine, AtomicBoolean full, Predicate<StorageEngine> needsRoom) {
        this.engine = engine;
        this.full = full;
        this.needsRoom = needsRoom;
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return engine.together(inner -> {
            var result = unit.apply(inner);
            if (full.get() && needsRoom.test(inner)) {
                throw new StorageFailure.Unavailable(FailureCode.FULL, "full");
            }
            return result;
        });
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
        engine.close();
    }
}
