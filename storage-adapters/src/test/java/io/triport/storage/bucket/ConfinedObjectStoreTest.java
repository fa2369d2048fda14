package io.triport.storage.bucket;

import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.storage.Storage;
import io.triport.storage.memory.Memory;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.ObjectFixture;
import io.triport.testkit.ObjectStoreContract;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.Optional;

/** What a grant of everything sees of a bucket. */
final class ConfinedObjectStoreTest extends ObjectStoreContract {
    private static final BucketName BUCKET = new BucketName("bucket");

    @Override
    protected String adapter() {
        return "confined-timed";
    }

    @Override
    protected ObjectFixture create() {
        return new BucketFixture(Memory.OBJECTS, ConfinedObjectStoreTest::confined);
    }

    private static ObjectStore confined(ObjectStore whole, SettableClock clock) {
        var storage = new Storage(
                new FakeStorageEngine(clock),
                bucket -> Optional.of(whole),
                clock,
                new SettableTicker(),
                new RecordingStorageLog());
        return storage.objects(new TestGrants(clock).ofEverything(), BUCKET);
    }
}
