package io.triport.storage.object;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectTagging;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.storage.piece.Pieces;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The objects of one index, as a bucket. */
final class EmbeddedObjectStore implements ObjectStore {
    private final EmbeddedObjects objects;
    private final Versioning versioning;

    EmbeddedObjectStore(EmbeddedObjects objects, Versioning versioning) {
        this.objects = objects;
        this.versioning = versioning;
    }

    @Override
    public HeadOutcome head(ObjectRef object) {
        return objects.index()
                .read(rows -> ObjectReads.find(rows, object)
                        .map(row -> head(rows, row))
                        .orElseGet(HeadOutcome.Missing::new));
    }

    @Override
    public GetOutcome get(ObjectRef object, ReadOptions options) {
        return objects.reads().get(object, options);
    }

    @Override
    public PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
        try (var reader = new ContentReader(content)) {
            content.length().ifPresent(Transfer::requireSize);
            var early = refusal(key, options.conditions());
            if (early.isPresent()) {
                return early.get();
            }
            return switch (objects.take(Pieces.of(reader), content.length(), options.checksums(), null)) {
                case Body.Written written -> put(key, written.body(), options);
                case Body.Mismatch mismatch -> new PutOutcome.ChecksumMismatch(mismatch.algorithm());
            };
        }
    }

    @Override
    public CopyOutcome copy(CopySource source, ObjectKey target, CopyOptions options) {
        var early = refusal(target, options.conditions());
        if (early.isPresent()) {
            return new CopyOutcome.Refused(early.get());
        }
        return switch (objects.reads().look(source.object(), new ReadOptions(source.range(), source.conditions()))) {
            case ObjectReads.Look.Open open -> copy(open.opened(), target, options);
            case ObjectReads.Look.Answer answer ->
                switch (answer.outcome()) {
                    case GetOutcome.NotModified n -> new CopyOutcome.SourceConditionFailed();
                    case GetOutcome.PreconditionFailed p -> new CopyOutcome.SourceConditionFailed();
                    case GetOutcome.Missing m -> new CopyOutcome.SourceMissing();
                    case GetOutcome.Deleted d -> new CopyOutcome.SourceMissing();
                    case GetOutcome.RangeRefused r ->
                        throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "copy: nothing in the range");
                    case GetOutcome.Found f -> throw new IllegalStateException("found: " + f.info());
                };
        };
    }

    @Override
    public List<DeleteOutcome> delete(List<ObjectRef> refs, Conditions conditions) {
        if (refs.isEmpty() || refs.size() > ObjectLimits.DELETE_AT_ONCE) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "delete: " + refs.size() + " objects (1..1000)");
        }
        var now = objects.now();
        return objects.change(versioning, (changes, history) -> {
            changes.hold(refs.stream().map(ref -> ref.key().bytes()).toList());
            return refs.stream()
                    .map(ref -> history.delete(ref, conditions, objects.freshVersion(), now))
                    .toList();
        });
    }

    @Override
    public ObjectTagging tagging() {
        return new EmbeddedTagging(objects.index());
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        return new ObjectListing(objects.index()).page(query);
    }

    @Override
    public ObjectUploads uploads() {
        return new EmbeddedUploads(objects, versioning);
    }

    private static HeadOutcome head(ObjectRows rows, ObjectRow row) {
        var stored = row.object();
        return stored == null
                ? new HeadOutcome.Deleted(row.version(), row.modified())
                : new HeadOutcome.Found(row.info(stored, parts(rows, stored)));
    }

    private static List<ObjectPart> parts(ObjectRows rows, StoredObject stored) {
        return switch (stored.place()) {
            case StoredObject.Place.Whole whole -> List.of();
            case StoredObject.Place.WithRow small -> List.of();
            case StoredObject.Place.Parts parts ->
                rows.parts(parts.upload(), 0, parts.count()).stream()
                        .map(PartRow::part)
                        .toList();
        };
    }

    private Optional<PutOutcome> refusal(ObjectKey key, Conditions conditions) {
        return conditions.equals(Conditions.NONE)
                ? Optional.empty()
                : objects.index().read(rows -> KeyHistory.refusal(rows, key, conditions));
    }

    private PutOutcome put(ObjectKey key, Body body, WriteOptions options) {
        return switch (body.place()) {
            case Body.Place.Held(var bytes) -> {
                var object = stored(body, new StoredObject.Place.WithRow(), options);
                yield objects.change(versioning, (changes, history) -> {
                    var refused = KeyHistory.refusal(changes, key, options.conditions());
                    if (refused.isPresent()) {
                        return refused.get();
                    }
                    var row = history.put(key, objects.freshVersion(), objects.now(), object);
                    changes.layWithRow(row.number(), bytes);
                    return new PutOutcome.Stored(row.info(object, List.of()));
                });
            }
            case Body.Place.Run(var name) -> {
                var object = stored(body, new StoredObject.Place.Whole(name), options);
                yield objects.naming(
                        name,
                        () -> objects.change(versioning, (changes, history) -> {
                            changes.written(name);
                            var refused = KeyHistory.refusal(changes, key, options.conditions());
                            if (refused.isPresent()) {
                                changes.unnamed(name);
                                return refused.get();
                            }
                            var row = history.put(key, objects.freshVersion(), objects.now(), object);
                            return new PutOutcome.Stored(row.info(object, List.of()));
                        }));
            }
        };
    }

    private static StoredObject stored(Body body, StoredObject.Place place, WriteOptions options) {
        return new StoredObject(
                body.etag(),
                body.size(),
                place,
                options.http(),
                options.user(),
                options.storageClass(),
                options.tags(),
                body.checksum());
    }

    private CopyOutcome copy(ObjectReads.Opened source, ObjectKey target, CopyOptions options) {
        try (var pieces = source.pieces()) {
            if (source.slice().length() > options.mostBytes()) {
                return new CopyOutcome.TooLarge(source.slice().length());
            }
            Transfer.requireSize(source.slice().length());
            var body = copied(source, pieces, options.checksum());
            return switch (put(target, body, attributes(source.object(), options))) {
                case PutOutcome.Stored stored ->
                    new CopyOutcome.Copied(stored.info(), source.row().version());
                case PutOutcome refused -> new CopyOutcome.Refused(refused);
            };
        }
    }

    /** The bytes of the source once more, without moving them where that can be done. */
    private Body copied(ObjectReads.Opened source, Pieces pieces, @Nullable ChecksumAlgorithm wanted) {
        var present = source.object().checksum();
        var algorithm = wanted == null && present != null ? present.algorithm() : wanted;
        var known = algorithm == null || (present != null && present.algorithm() == algorithm);
        var duplicate = known && source.slice().length() == source.object().size()
                ? duplicate(source.object().place())
                : Optional.<String>empty();
        return duplicate
                .map(name -> new Body(
                        new Body.Place.Run(name),
                        source.object().size(),
                        source.object().etag(),
                        source.object().checksum()))
                .orElseGet(() -> switch (objects.take(
                        pieces, OptionalLong.of(source.slice().length()), List.of(), algorithm)) {
                    case Body.Written written -> written.body();
                    case Body.Mismatch mismatch -> throw new IllegalStateException("mismatch: " + mismatch);
                });
    }

    private Optional<String> duplicate(StoredObject.Place place) {
        return switch (place) {
            case StoredObject.Place.Whole whole -> objects.bytes().duplicate(whole.bytes());
            case StoredObject.Place.WithRow small -> Optional.empty();
            case StoredObject.Place.Parts parts -> Optional.empty();
        };
    }

    private static WriteOptions attributes(StoredObject source, CopyOptions options) {
        var metadata = options.metadata();
        return new WriteOptions(
                metadata == null ? source.http() : metadata.http(),
                metadata == null ? source.user() : metadata.user(),
                Objects.requireNonNullElse(options.tags(), source.tags()),
                Objects.requireNonNullElse(options.storageClass(), source.storageClass()),
                options.conditions(),
                List.of());
    }
}
