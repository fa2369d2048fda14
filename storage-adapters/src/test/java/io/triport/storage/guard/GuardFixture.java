package io.triport.storage.guard;

import io.triport.testkit.FakeStorageFixture;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.StorageFixture;
import java.time.Duration;

/** A guard before a fake engine that lets every write pass in its time. */
final class GuardFixture {
    private GuardFixture() {}

    static StorageFixture create() {
        return new FakeStorageFixture(
                (engine, clock) -> new GuardedEngine(engine, new LastWrites(Duration.ZERO, new SettableTicker())));
    }
}
