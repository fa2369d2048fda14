package io.triport.storage.bucket;

import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.Versioning;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.storage.memory.Memory;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.testkit.ObjectAbility;
import io.triport.testkit.ObjectFixture;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.util.Set;
import java.util.function.BiFunction;

/** A view of a bucket in memory. */
final class BucketFixture implements ObjectFixture {
    private final SettableClock clock = SettableClock.anywhere();
    private final EmbeddedObjects objects = Memory.objects(clock, new SeededRandomness(1));
    private final ObjectStoreInfo info;
    private final BiFunction<ObjectStore, SettableClock, ObjectStore> view;

    BucketFixture(ObjectStoreInfo info, BiFunction<ObjectStore, SettableClock, ObjectStore> view) {
        this.info = info;
        this.view = view;
    }

    @Override
    public ObjectStore store(Versioning versioning) {
        return view.apply(objects.store(versioning), clock);
    }

    @Override
    public ObjectStoreInfo info() {
        return info;
    }

    @Override
    public Set<ObjectAbility> abilities() {
        return Set.of(ObjectAbility.VERSIONS, ObjectAbility.CLOCK);
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
