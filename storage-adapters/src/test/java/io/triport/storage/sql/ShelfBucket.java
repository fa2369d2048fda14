package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectTagging;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.storage.memory.Memory;
import io.triport.testkit.SeededRandomness;
import java.time.Clock;
import java.util.List;

/** A bucket in memory that goes away, after some puts or at once, and whose objects can be damaged. */
final class ShelfBucket implements ObjectStore {
    private final ObjectStore objects;
    private int puts = Integer.MAX_VALUE;

    ShelfBucket(Clock clock) {
        this.objects = Memory.objects(clock, new SeededRandomness(1)).store(Versioning.OFF);
    }

    /** Takes so many objects more, and then is away. */
    void leaveAfter(int more) {
        puts = more;
    }

    void comeBack() {
        puts = Integer.MAX_VALUE;
    }

    List<String> keys(String prefix) {
        return objects.list(ObjectQuery.of(prefix)).entries().stream()
                .map(Listed::sortedBy)
                .map(Bytes::toUtf8)
                .toList();
    }

    void remove(String key) {
        objects.delete(List.of(ObjectRef.current(ObjectKey.of(key))), Conditions.NONE);
    }

    void damage(String key) {
        var found = (GetOutcome.Found) objects.get(ObjectRef.current(ObjectKey.of(key)), ReadOptions.WHOLE);
        var bytes = ContentReader.whole(found.content(), ByteSize.ofMiB(64)).toByteArray();
        bytes[bytes.length / 2] ^= 1;
        objects.put(ObjectKey.of(key), Content.of(Bytes.copyOf(bytes)), WriteOptions.PLAIN);
    }

    @Override
    public PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
        requireThere();
        puts--;
        return objects.put(key, content, options);
    }

    @Override
    public GetOutcome get(ObjectRef object, ReadOptions options) {
        requireThere();
        return objects.get(object, options);
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        requireThere();
        return objects.list(query);
    }

    @Override
    public List<DeleteOutcome> delete(List<ObjectRef> some, Conditions conditions) {
        requireThere();
        return objects.delete(some, conditions);
    }

    @Override
    public HeadOutcome head(ObjectRef object) {
        return objects.head(object);
    }

    @Override
    public CopyOutcome copy(CopySource source, ObjectKey target, CopyOptions options) {
        return objects.copy(source, target, options);
    }

    @Override
    public ObjectTagging tagging() {
        return objects.tagging();
    }

    @Override
    public ObjectUploads uploads() {
        return objects.uploads();
    }

    private void requireThere() {
        if (puts <= 0) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "the bucket is away");
        }
    }
}
