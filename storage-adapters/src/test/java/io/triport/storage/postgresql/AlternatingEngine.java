package io.triport.storage.postgresql;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Several nodes as a client behind a load balancer sees them: each call goes to the next. */
public final class AlternatingEngine implements StorageEngine {
    private final List<StorageEngine> nodes;
    private final AtomicInteger calls = new AtomicInteger();

    public AlternatingEngine(List<StorageEngine> nodes) {
        this.nodes = nodes;
    }

    @Override
    public EngineInfo info() {
        return next().info();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return next().keyValue(namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return next().resources();
    }

    @Override
    public IdempotencyLedger idempotency() {
        return next().idempotency();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return next().queue(definition);
    }

    @Override
    public CursorSeal cursors() {
        return next().cursors();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return next().together(unit);
    }

    @Override
    public void close() {
        nodes.forEach(StorageEngine::close);
    }

    private StorageEngine next() {
        return nodes.get(Math.floorMod(calls.getAndIncrement(), nodes.size()));
    }
}
