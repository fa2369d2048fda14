package io.triport.objects.serve;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Headers;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.ChecksumFields;
import io.triport.objects.wire.ConditionFields;
import io.triport.objects.wire.CopySourceField;
import io.triport.objects.wire.MetadataFields;
import io.triport.objects.wire.Passage;
import io.triport.objects.wire.RangeField;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Query;
import io.triport.objects.wire.S3Refused;
import io.triport.objects.wire.Times;
import io.triport.objects.wire.XmlWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies of objects and of parts: by the store within a bucket, through here from one bucket to another. */
final class Copying {
    private Copying() {}

    static StreamReply copy(S3Call call, S3Operation.CopyObject operation) {
        call.requireWritable();
        var headers = call.headers();
        call.refuseUnsupported(headers);
        var from = CopySourceField.parse(headers);
        var options = options(call);
        var within = from.bucket().equals(call.bucket().name());
        if (within
                && from.object().key().equals(operation.key())
                && from.object().version() == null
                && options.metadata() == null
                && options.storageClass() == null) {
            throw S3Error.INVALID_REQUEST.refused(
                    "This copy request is illegal because it is trying to copy an object to itself without changing the"
                            + " object's metadata, storage class, website redirect location or encryption attributes.");
        }
        var source = new CopySource(from.object(), ConditionFields.ofSource(headers), null);
        return call.late().answer(() -> done(call, operation, from, source, options));
    }

    private static StreamReply done(
            S3Call call,
            S3Operation.CopyObject operation,
            CopySourceField from,
            CopySource source,
            CopyOptions options) {
        var store = from.bucket().equals(call.bucket().name())
                ? Optional.of(call.store())
                : call.storeWithCopiesOf(from.bucket());
        if (store.isEmpty()) {
            return through(call, operation, from, source, options);
        }
        return switch (copied(store.get(), source, operation.key(), options)) {
            case CopyOutcome.Copied(var info, var version) -> copied(call, info, call.names(version) ? version : null);
            case CopyOutcome.TooLarge(var size) -> throw call.tooLarge(size);
            case CopyOutcome.SourceMissing missing -> throw Reading.missing(call, from.object());
            case CopyOutcome.SourceConditionFailed failed -> throw S3Error.PRECONDITION_FAILED.refused();
            case CopyOutcome.Refused(var why) -> copied(call, Writing.stored(operation.key(), why), null);
        };
    }

    private static CopyOutcome copied(ObjectStore store, CopySource source, ObjectKey target, CopyOptions options) {
        try {
            return store.copy(source, target, options);
        } catch (StorageFailure.LimitExceeded e) {
            throw tooLong();
        }
    }

    private static S3Refused tooLong() {
        return S3Error.INVALID_REQUEST.refused(
                "The specified copy source is larger than the maximum allowable size for a copy source: "
                        + ObjectLimits.PUT_BYTES);
    }

    private static CopyOptions options(S3Call call) {
        var headers = call.headers();
        var metadata = replaces(headers, "x-amz-metadata-directive")
                ? new CopyOptions.Metadata(MetadataFields.http(headers), MetadataFields.user(headers))
                : null;
        var tags = replaces(headers, "x-amz-tagging-directive") ? MetadataFields.tags(headers) : null;
        return new CopyOptions(
                metadata,
                tags,
                headers.has("x-amz-storage-class") ? MetadataFields.storageClass(headers) : null,
                headers.only("x-amz-checksum-algorithm")
                        .map(ChecksumFields::algorithm)
                        .orElse(null),
                ConditionFields.ofWrite(headers),
                call.bucket().mostBytes().bytes());
    }

    private static boolean replaces(Headers headers, String name) {
        var directive = headers.only(name).orElse("COPY");
        return switch (directive) {
            case "COPY" -> false;
            case "REPLACE" -> true;
            default -> throw S3Query.argument(name, directive, "Unknown directive.");
        };
    }

    private static StreamReply through(
            S3Call call,
            S3Operation.CopyObject operation,
            CopySourceField from,
            CopySource source,
            CopyOptions options) {
        var target = call.store(call.passage().ofTarget());
        var store = call.store(from.bucket(), Passage.ofSource(call.headers()));
        var found = found(store.get(from.object(), new ReadOptions(null, source.conditions())));
        try {
            var info = found.info();
            if (info.size() > ObjectLimits.PUT_BYTES) {
                throw tooLong();
            }
            if (info.size() > options.mostBytes()) {
                throw call.tooLarge(info.size());
            }
            var metadata = options.metadata();
            var ownTags = options.tags();
            var tags = ownTags == null ? tags(store, from.object(), info) : ownTags;
            var storageClass = options.storageClass();
            var algorithm = options.checksum();
            var kept = info.checksum();
            var checksum = algorithm == null && kept != null ? kept.algorithm() : algorithm;
            var written = new WriteOptions(
                    metadata == null ? info.http() : metadata.http(),
                    metadata == null ? info.user() : metadata.user(),
                    tags,
                    storageClass == null ? StorageClass.STANDARD : storageClass,
                    options.conditions(),
                    checksum == null ? List.of() : List.of(ChecksumClaim.made(checksum)));
            var made = Writing.stored(operation.key(), target.put(operation.key(), found.content(), written));
            return copied(call, made, call.names(from.bucket(), info.version()) ? info.version() : null);
        } catch (RuntimeException e) {
            found.content().close();
            throw e;
        }
    }

    /** Asked for only where there are some: who may read an object need not be one who may read its tags. */
    private static Tags tags(ObjectStore store, ObjectRef object, ObjectInfo info) {
        return info.tags() == 0 ? Tags.NONE : store.tagging().get(object).orElse(Tags.NONE);
    }

    private static GetOutcome.Found found(GetOutcome outcome) {
        return switch (outcome) {
            case GetOutcome.Found found -> found;
            case GetOutcome.NotModified same -> throw S3Error.PRECONDITION_FAILED.refused();
            case GetOutcome.PreconditionFailed failed -> throw S3Error.PRECONDITION_FAILED.refused();
            case GetOutcome.Missing missing -> throw S3Error.NO_SUCH_KEY.refused();
            case GetOutcome.Deleted deleted -> throw S3Error.NO_SUCH_KEY.refused();
            case GetOutcome.RangeRefused(var size) ->
                throw S3Error.INVALID_RANGE.refused().with("ActualObjectSize", Long.toString(size));
        };
    }

    private static StreamReply copied(S3Call call, ObjectInfo info, @Nullable VersionId source) {
        var xml = XmlWriter.of("CopyObjectResult")
                .element("LastModified", Times.document(info.modified()))
                .element("ETag", Replies.quoted(info.etag()));
        Replies.checksum(xml, info.checksum(), info.etag());
        var reply = Replies.xml(xml);
        if (call.names(info.version())) {
            reply = reply.with("x-amz-version-id", info.version().text());
        }
        return source == null ? reply : reply.with("x-amz-copy-source-version-id", source.text());
    }

    static StreamReply part(S3Call call, S3Operation.UploadPartCopy operation) {
        call.requireWritable();
        var headers = call.headers();
        call.refuseUnsupported(headers);
        var from = CopySourceField.parse(headers);
        var upload = new UploadRef(operation.key(), operation.upload());
        var source = new CopySource(from.object(), ConditionFields.ofSource(headers), range(headers));
        return call.late().answer(() -> {
            var store = from.bucket().equals(call.bucket().name())
                    ? Optional.of(call.store())
                    : call.storeWithCopiesOf(from.bucket());
            return copied(
                    store.isPresent()
                            ? within(source, store.get().uploads().copyPart(upload, operation.number(), source))
                            : partThrough(call, upload, operation.number(), from, source));
        });
    }

    private static StreamReply copied(ObjectPart part) {
        var xml = XmlWriter.of("CopyPartResult")
                .element("LastModified", Times.document(part.modified()))
                .element("ETag", Replies.quoted(part.etag()));
        var checksum = part.checksum();
        if (checksum != null && !ChecksumFields.name(checksum.algorithm()).isEmpty()) {
            xml.element(
                    "Checksum" + ChecksumFields.name(checksum.algorithm()), ChecksumFields.base64(checksum.value()));
        }
        return Replies.xml(xml);
    }

    private static ObjectPart partThrough(
            S3Call call, UploadRef upload, int number, CopySourceField from, CopySource source) {
        var uploads = call.store(call.passage().ofTarget()).uploads();
        var found = found(call.store(from.bucket(), Passage.ofSource(call.headers()))
                .get(from.object(), new ReadOptions(source.range(), source.conditions())));
        if (source.range() instanceof ByteRange.Between(var first, var last)
                && found.slice().length() != last - first + 1) {
            found.content().close();
            throw outside(found.info().size());
        }
        return Uploads.stored(uploads.part(upload, number, found.content(), List.of()));
    }

    private static ObjectPart within(CopySource source, PartOutcome outcome) {
        if (outcome instanceof PartOutcome.SourceRangeRefused(var size)
                && source.range() instanceof ByteRange.Between(var first, var last)
                && first < size) {
            throw outside(size);
        }
        return Uploads.stored(outcome);
    }

    private static S3Refused outside(long size) {
        return S3Error.INVALID_ARGUMENT
                .refused("Range specified is not valid for source object of size: " + size)
                .with("ArgumentName", "x-amz-copy-source-range");
    }

    private static @Nullable ByteRange range(Headers headers) {
        var text = headers.only("x-amz-copy-source-range");
        if (text.isEmpty()) {
            return null;
        }
        if (RangeField.parse(text.get()).orElse(null) instanceof ByteRange.Between between) {
            return between;
        }
        throw S3Query.argument(
                "x-amz-copy-source-range",
                text.get(),
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the"
                        + " zero-based offsets of the first and last bytes to copy");
    }
}
