package io.triport.storage.memory;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import io.triport.domain.time.Randomness;
import io.triport.storage.queue.QueueRows;
import io.triport.storage.queue.QueueTable;
import io.triport.storage.queue.Queues;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;

/** The stores of one memory. */
record MemoryEngine(MemoryData data, CursorSeal cursors, Queues queues, Clock clock, Randomness randomness)
        implements StorageEngine {
    static final EngineInfo INFO = new EngineInfo(
            "memory", Durability.VOLATILE, Set.of(Capability.ALONE, Capability.GIVEN_IDS, Capability.UNITS));

    @Override
    public EngineInfo info() {
        return INFO;
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return new MemoryKeyValueStore(this, namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return new MemoryResourceCatalogue(this);
    }

    @Override
    public Namespace adopt(Namespace namespace) {
        return new MemoryResourceCatalogue(this).adopt(namespace);
    }

    @Override
    public IdempotencyLedger idempotency() {
        return new MemoryIdempotencyLedger(data, clock);
    }

    @Override
    public Tables tables() {
        return new MemoryTables(this);
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return queues.queue(definition, rows(data));
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return data.write(() -> unit.apply(this));
    }

    @Override
    public void close() {
        // Memory only: nothing to give back.
    }

    static QueueRows rows(MemoryData data) {
        return new QueueRows() {
            @Override
            public <R> R read(Function<QueueTable, R> work) {
                return data.read(() -> work.apply(data.queues()));
            }

            @Override
            public <R> R write(Function<QueueTable, R> work) {
                return data.write(() -> work.apply(data.queues()));
            }
        };
    }
}
