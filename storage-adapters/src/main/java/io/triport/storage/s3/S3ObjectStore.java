package io.triport.storage.s3;

import io.triport.domain.object.AccessLists;
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
import io.triport.domain.object.PassedFields;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Content;
import io.triport.domain.time.Randomness;
import java.util.List;
import java.util.Optional;

/** The objects of a bucket behind an endpoint. */
final class S3ObjectStore implements ObjectStore {
    private final Means means;
    private final Reads reads;
    private final Writes writes;
    private final Copies copies;
    private final Deletes deletes;
    private final Listings listings;
    private final PartsOf partsOf;
    private final ObjectTagging tagging;
    private final ObjectUploads uploads;
    private final AccessLists lists;

    /** What all requests to the bucket share. */
    private record Means(Upstream upstream, Control control, ConditionProbe probe, Spool spool) {
        private String bucket() {
            return upstream.bucket();
        }

        private Reads reads(PassedFields fields) {
            return new Reads(upstream, fields);
        }
    }

    S3ObjectStore(Upstream upstream, Spool spool, Randomness randomness) {
        this(new Means(upstream, new Control(upstream), new ConditionProbe(upstream, randomness), spool));
    }

    private S3ObjectStore(Means means) {
        this(means, means, PassedFields.NONE);
    }

    /** @param source of copies */
    private S3ObjectStore(Means means, Means source, PassedFields fields) {
        var bucket = means.bucket();
        var control = means.control().passing(fields);
        var aside = Passing.aside(fields);
        var beside = means.control().passing(aside);
        this.means = means;
        this.reads = means.reads(fields);
        this.writes = new Writes(means.upstream(), means.probe(), means.spool(), fields);
        this.copies = new Copies(
                control,
                bucket,
                means.reads(aside),
                means.probe(),
                new Copies.Source(source.bucket(), source.reads(Passing.asideOfSource(fields))));
        this.deletes = new Deletes(control, bucket);
        this.listings = new Listings(control, bucket);
        this.partsOf = new PartsOf(beside, bucket);
        this.tagging = new S3Tagging(control, bucket);
        var completion =
                new Completion(control, bucket, means.reads(aside), means.probe(), new PartSizes(beside, bucket));
        this.uploads = new S3ObjectUploads(control, bucket, writes, copies, completion);
        this.lists = new S3AccessLists(means.upstream(), fields);
    }

    /** The same bucket for one request, whose fields go through. */
    ObjectStore passing(PassedFields fields) {
        return new S3ObjectStore(means, means, fields);
    }

    /** The same, with copies from another bucket that the same endpoint gives us with the same key. */
    ObjectStore passing(PassedFields fields, S3ObjectStore source) {
        return new S3ObjectStore(means, source.means, fields);
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

    @Override
    public Optional<AccessLists> accessLists() {
        return Optional.of(lists);
    }
}
