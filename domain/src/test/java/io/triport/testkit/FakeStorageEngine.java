package io.triport.testkit;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** An engine in memory, as simple as can be: one lock, and units on a copy of everything. */
public final class FakeStorageEngine implements StorageEngine {
    private static final EngineInfo INFO = new EngineInfo(
            "fake", Durability.VOLATILE, Set.of(Capability.ALONE, Capability.GIVEN_IDS, Capability.UNITS));

    private final ReentrantLock lock = new ReentrantLock();
    private final SeededRandomness randomness;
    private final CursorSeal seal;
    private final Clock clock;
    /** Guarded by the lock. */
    private FakeState state;

    public FakeStorageEngine(Clock clock) {
        this(clock, new SeededRandomness(1), new FakeState());
    }

    private FakeStorageEngine(Clock clock, SeededRandomness randomness, FakeState state) {
        this.clock = clock;
        this.randomness = randomness;
        this.seal = new CursorSeal(Bytes.copyOf(new byte[32]), clock);
        this.state = state;
    }

    @Override
    public EngineInfo info() {
        return INFO;
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return new FakeKeyValueStore(this, namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return new FakeResourceCatalogue(this);
    }

    @Override
    public Namespace adopt(Namespace namespace) {
        return new FakeResourceCatalogue(this).adopt(namespace);
    }

    @Override
    public IdempotencyLedger idempotency() {
        return new FakeIdempotencyLedger(this);
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return new FakeQueue(this, definition);
    }

    @Override
    public Tables tables() {
        return new FakeTables(this);
    }

    @Override
    public CursorSeal cursors() {
        return seal;
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return locked(before -> {
            var inner = new FakeStorageEngine(clock, randomness, before.copy());
            var result = unit.apply(inner);
            state = inner.state;
            return result;
        });
    }

    @Override
    public void close() {
        // Memory only: nothing to give back.
    }

    Clock clock() {
        return clock;
    }

    SeededRandomness randomness() {
        return randomness;
    }

    <R> R locked(Function<FakeState, R> work) {
        lock.lock();
        try {
            return work.apply(state);
        } finally {
            lock.unlock();
        }
    }
}
