package io.triport.manager;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.IdempotentCall;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import java.util.function.Function;

/** An engine that keeps no answer outside of a unit, as if the process had been killed between the effect and the answer. */
record UnkeepingEngine(StorageEngine engine) implements StorageEngine {
    @Override
    public IdempotencyLedger idempotency() {
        var calls = engine.idempotency();
        return new IdempotencyLedger() {
            @Override
            public IdempotencyClaim claim(IdempotentCall call) {
                return calls.claim(call);
            }

            @Override
            public void remember(IdempotentCall call, Bytes answer) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "dead");
            }
        };
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
