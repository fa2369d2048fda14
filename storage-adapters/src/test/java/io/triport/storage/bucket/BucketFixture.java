package io.triport.storage.bucket;

import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.Versioning;
import io.triport.storage.memory.Memory;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.testkit.ObjectCapability;
import io.triport.testkit.ObjectFixture;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.util.Set;
import java.util.function.BiFunction;

/** A view of a bucket in memory. */
final class BucketFixture implements ObjectFixture {
    private final SettableClock clock = SettableClock.anywhere();
    private final EmbeddedObjects objects = Memory.objects(clock, new SeededRandomness(1));
    private final int longestKey;
    private final BiFunction<ObjectStore, SettableClock, ObjectStore> view;

    BucketFixture(int longestKey, BiFunction<ObjectStore, SettableClock, ObjectStore> view) {
        this.longestKey = longestKey;
        this.view = view;
    }

    @Override
    public ObjectStore store(Versioning versioning) {
        return view.apply(objects.store(versioning), clock);
    }

    @Override
    public Set<ObjectCapability> capabilities() {
        return Set.of(
                ObjectCapability.VERSIONS,
                ObjectCapability.CLOCK,
                ObjectCapability.ANY_TEXT,
                ObjectCapability.EVERY_CHECKSUM,
                ObjectCapability.EVERY_CONDITION,
                ObjectCapability.TELLS_ALL);
    }

    @Override
    public int longestKey() {
        return longestKey;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public void sweep() {
        objects.sweep();
    }

    @Override
    public void close() {
        objects.close();
    }
}
