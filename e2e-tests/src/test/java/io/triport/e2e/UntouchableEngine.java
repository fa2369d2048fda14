package io.triport.e2e;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Counts whoever gets as far as storage, and fails. */
final class UntouchableEngine implements StorageEngine {
    private final AtomicInteger calls = new AtomicInteger();

    int calls() {
        return calls.get();
    }

    @Override
    public EngineInfo info() {
        throw touched();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        throw touched();
    }

    @Override
    public ResourceCatalogue resources() {
        throw touched();
    }

    @Override
    public IdempotencyLedger idempotency() {
        throw touched();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        throw touched();
    }

    @Override
    public CursorSeal cursors() {
        throw touched();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        throw touched();
    }

    @Override
    public void close() {
        throw touched();
    }

    private AssertionError touched() {
        calls.incrementAndGet();
        return new AssertionError("storage was called");
    }
}
