package io.triport.kv;

import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import io.triport.testkit.ForwardingEngine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Counts whoever gets as far as the data, by whatever way. */
final class CountedEngine extends ForwardingEngine {
    private final AtomicLong calls;

    private CountedEngine(StorageEngine engine, AtomicLong calls) {
        super(engine);
        this.calls = calls;
    }

    static CountedEngine over(StorageEngine engine) {
        return new CountedEngine(engine, new AtomicLong());
    }

    AtomicLong calls() {
        return calls;
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return counted().keyValue(namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return counted().resources();
    }

    @Override
    public IdempotencyLedger idempotency() {
        return counted().idempotency();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return counted().queue(definition);
    }

    @Override
    public Tables tables() {
        return counted().tables();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return counted().together(inner -> unit.apply(new CountedEngine(inner, calls)));
    }

    private StorageEngine counted() {
        calls.incrementAndGet();
        return engine();
    }
}
