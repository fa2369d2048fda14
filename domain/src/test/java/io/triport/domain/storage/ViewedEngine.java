package io.triport.domain.storage;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.table.Tables;
import io.triport.testkit.FakeStorageFixture;
import io.triport.testkit.QueueContract;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.StorageFixture;
import io.triport.testkit.TestGrants;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What grants of everything see of an engine: the confined and timed views, as an engine for the contracts to run on. */
final class ViewedEngine implements StorageEngine {
    private final StorageEngine engine;
    private final Storage storage;
    private final Supplier<Grant> grant;

    private ViewedEngine(StorageEngine engine, Storage storage, Supplier<Grant> grant) {
        this.engine = engine;
        this.storage = storage;
        this.grant = grant;
    }

    static StorageFixture fixture() {
        return new FakeStorageFixture((engine, clock) -> {
            var storage = new Storage(
                    engine,
                    Storage.Beside.NOTHING.withQueues(QueueContract.DEFINITIONS),
                    clock,
                    new SettableTicker(),
                    new RecordingStorageLog());
            return new ViewedEngine(engine, storage, new TestGrants(clock)::ofEverything);
        });
    }

    @Override
    public EngineInfo info() {
        return engine.info().without(Set.of(Capability.GIVEN_IDS));
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return storage.keyValue(grant.get(), namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return storage.resources(grant.get());
    }

    @Override
    public IdempotencyLedger idempotency() {
        return storage.idempotency(grant.get());
    }

    /** One of the contract's, which all are known to the views. */
    @Override
    public Queue queue(QueueDefinition definition) {
        return storage.queue(grant.get(), definition.name());
    }

    @Override
    public Tables tables() {
        return new ViewedTables(storage, grant);
    }

    @Override
    public CursorSeal cursors() {
        return engine.cursors();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return storage.together(grant.get(), inner -> unit.apply(new ViewedEngine(engine, inner, grant)));
    }

    @Override
    public void close() {
        engine.close();
    }
}
