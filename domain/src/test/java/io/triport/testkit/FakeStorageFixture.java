package io.triport.testkit;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** A {@link FakeStorageEngine}, or a view of one. */
public final class FakeStorageFixture implements StorageFixture {
    private final SettableClock clock = SettableClock.anywhere();
    private final StorageEngine engine;

    /** @param view what the contract sees of the engine */
    public FakeStorageFixture(BiFunction<StorageEngine, SettableClock, StorageEngine> view) {
        this.engine = view.apply(new FakeStorageEngine(clock), clock);
    }

    public static FakeStorageFixture bare() {
        return new FakeStorageFixture((engine, clock) -> engine);
    }

    @Override
    public StorageEngine engine() {
        return engine;
    }

    @Override
    public StorageEngine reopen() {
        throw new UnsupportedOperationException("memory does not survive");
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public StorageEngine beside() {
        return new FakeStorageEngine(clock);
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    @Override
    public List<Integer> killWhileWriting(NamespaceTitle namespace) {
        throw new UnsupportedOperationException("memory does not survive");
    }

    @Override
    public void close() {
        engine.close();
    }
}
