package io.triport.storage.cache;

import io.triport.testkit.FakeStorageFixture;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.StorageFixture;

/** A cache before a fake engine. */
final class EdgeFixture {
    private EdgeFixture() {}

    static StorageFixture create() {
        return new FakeStorageFixture((engine, clock) -> EdgeCache.before(engine, clock, new SettableTicker()));
    }

    /** What a unit sees, whose changes are noted for the cache. */
    static StorageFixture withinUnit() {
        return new FakeStorageFixture((engine, clock) ->
                new NotingEngine(engine, new UnitChanges(new SeenEntries(clock, new SettableTicker()))));
    }
}
