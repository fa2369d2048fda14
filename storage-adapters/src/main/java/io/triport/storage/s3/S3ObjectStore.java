package io.triport.storage.s3;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectTagging;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Content;
import io.triport.domain.time.Randomness;
import java.util.List;

/** The objects of a bucket behind an endpoint. */
final class S3ObjectStore implements ObjectStore {
    private final Reads reads;
    private final Writes writes;
    private final Copies copies;
    private final Deletes deletes;
    private final Listings listings;
    private final PartsOf partsOf;
    private final ObjectTagging tagging;
    private final ObjectUploads uploads;

    S3ObjectStore(Upstream upstream, Spool spool, Randomness randomness) {
        var control = new Control(upstream);
        var probe = new ConditionProbe(upstream, randomness);
        var bucket = upstream.bucket();
        this.reads = new Reads(upstream);
        this.writes = new Writes(upstream, probe, spool);
        this.copies = new Copies(control, bucket, reads, probe);
        this.deletes = new Deletes(control, bucket);
        this.listings = new Listings(control, bucket);
        this.partsOf = new PartsOf(control, bucket);
        this.tagging = new S3Tagging(control, bucket);
        this.uploads =
                new S3ObjectUploads(control, bucket, writes, copies, new Completion(control, bucket, reads, probe));
    }

    @Override
    public HeadOutcome head(ObjectRef object) {
        return switch (reads.head(object)) {
            case HeadOutcome.Found(var info) -> new HeadOutcome.Found(partsOf.with(object, info));
            case HeadOutcome other -> other;
        };
    }

    @Override
    public GetOutcome get(ObjectRef object, ReadOptions options) {
        return reads.get(object, options);
    }

    @Override
    public PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
        return writes.put(key, content, options);
    }

    @Override
    public CopyOutcome copy(CopySource source, ObjectKey target, CopyOptions options) {
        return copies.copy(source, target, options);
    }

    @Override
    public List<DeleteOutcome> delete(List<ObjectRef> objects, Conditions conditions) {
        return deletes.delete(objects, conditions);
    }

    @Override
    public ObjectTagging tagging() {
        return tagging;
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        return listings.list(query);
    }

    @Override
    public ObjectUploads uploads() {
        return uploads;
    }
}
