package io.triport.storage.redis;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Randomness;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;

/** Namespaces on one server, and nothing else: what has to be there again tomorrow is not kept where it may vanish. */
record RedisEngine(RedisValues values, CursorSeal cursors, Clock clock, Randomness randomness)
        implements StorageEngine {
    private static final EngineInfo INFO = new EngineInfo("redis", Durability.VOLATILE, Set.of());

    @Override
    public EngineInfo info() {
        return INFO;
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return new RedisKeyValueStore(this, namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return new RedisResourceCatalogue(this);
    }

    @Override
    public IdempotencyLedger idempotency() {
        throw notKept("notes of repeatable calls");
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        throw notKept("queues");
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        throw notKept("units of writes");
    }

    @Override
    public void close() {
        // The client is closed by whom it was opened.
    }

    private static StorageFailure notKept(String what) {
        return new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "redis: has no " + what);
    }
}
