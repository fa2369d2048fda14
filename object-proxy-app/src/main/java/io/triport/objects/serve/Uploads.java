package io.triport.objects.serve;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadRef;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.ChecksumFields;
import io.triport.objects.wire.ConditionFields;
import io.triport.objects.wire.MetadataFields;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Refused;
import io.triport.objects.wire.XmlElement;
import io.triport.objects.wire.XmlWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Uploads in parts. */
final class Uploads {
    private static final ByteSize PARTS_DOCUMENT = ByteSize.ofMiB(2);
    private static final Set<ChecksumAlgorithm> CRCS =
            EnumSet.of(ChecksumAlgorithm.CRC32, ChecksumAlgorithm.CRC32C, ChecksumAlgorithm.CRC64NVME);

    private Uploads() {}

    static StreamReply create(S3Call call, S3Operation.CreateMultipartUpload operation) {
        call.requireWritable();
        var headers = call.headers();
        call.refuseUnsupported(headers);
        var algorithm = headers.only("x-amz-checksum-algorithm")
                .map(ChecksumFields::algorithm)
                .orElse(null);
        var scope = scope(headers, algorithm);
        var upload = call.store()
                .uploads()
                .start(
                        operation.key(),
                        new UploadOptions(
                                MetadataFields.http(headers),
                                MetadataFields.user(headers),
                                MetadataFields.tags(headers),
                                MetadataFields.storageClass(headers),
                                algorithm,
                                scope));
        var reply = Replies.xml(XmlWriter.of("InitiateMultipartUploadResult")
                .element("Bucket", call.bucketText())
                .element("Key", operation.key().text())
                .element("UploadId", upload.id().text()));
        return algorithm == null
                ? reply
                : reply.with("x-amz-checksum-algorithm", ChecksumFields.name(algorithm))
                        .with("x-amz-checksum-type", scope.name());
    }

    private static Checksum.Scope scope(Headers headers, @Nullable ChecksumAlgorithm algorithm) {
        var fallback = algorithm == ChecksumAlgorithm.CRC64NVME ? "FULL_OBJECT" : "COMPOSITE";
        var type = headers.only("x-amz-checksum-type").orElse(fallback);
        var scope = switch (type) {
            case "FULL_OBJECT" -> Checksum.Scope.FULL_OBJECT;
            case "COMPOSITE" -> Checksum.Scope.COMPOSITE;
            default -> throw S3Error.INVALID_REQUEST.refused("Value for x-amz-checksum-type header is invalid.");
        };
        var fits = algorithm == null
                || (scope == Checksum.Scope.FULL_OBJECT
                        ? CRCS.contains(algorithm)
                        : algorithm != ChecksumAlgorithm.CRC64NVME);
        if (!fits) {
            throw S3Error.INVALID_REQUEST.refused(
                    "The " + scope + " checksum type cannot be used with the " + algorithm + " checksum algorithm.");
        }
        return scope;
    }

    static StreamReply part(S3Call call, S3Operation.UploadPart operation) {
        call.requireWritable();
        call.refuseUnsupported(call.headers());
        var uploads = call.store().uploads();
        var content = call.upload(Writing.longest(call));
        var checksums = ChecksumFields.claims(call.headers(), content);
        var upload = new UploadRef(operation.key(), operation.upload());
        var part = stored(uploads.part(upload, operation.number(), content, checksums));
        var reply = StreamReply.of(200).with("ETag", Replies.quoted(part.etag()));
        var checksum = part.checksum();
        return checksum == null || ChecksumFields.name(checksum.algorithm()).isEmpty()
                ? reply
                : reply.with(ChecksumFields.field(checksum.algorithm()), ChecksumFields.base64(checksum.value()));
    }

    /** @throws S3Refused where it was not stored */
    static ObjectPart stored(PartOutcome outcome) {
        return switch (outcome) {
            case PartOutcome.Stored(var part) -> part;
            case PartOutcome.NoSuchUpload none -> throw S3Error.NO_SUCH_UPLOAD.refused();
            case PartOutcome.ChecksumMismatch(var algorithm) -> throw Writing.mismatch(algorithm);
            case PartOutcome.SourceMissing missing -> throw S3Error.NO_SUCH_KEY.refused();
            case PartOutcome.SourceConditionFailed failed -> throw S3Error.PRECONDITION_FAILED.refused();
            case PartOutcome.SourceRangeRefused(var size) ->
                throw S3Error.INVALID_RANGE.refused().with("ActualObjectSize", Long.toString(size));
        };
    }

    static StreamReply complete(S3Call call, S3Operation.CompleteMultipartUpload operation) {
        call.requireWritable();
        var headers = call.headers();
        var conditions = ConditionFields.ofWrite(headers);
        var uploads = call.store().uploads();
        var parts = parts(call.xml(PARTS_DOCUMENT));
        var options = new CompleteOptions(
                conditions,
                size(headers),
                whole(headers),
                call.bucket().mostBytes().bytes());
        return call.late()
                .answer(() -> completed(
                        call,
                        operation,
                        completed(call, operation, uploads.complete(operation.upload(), parts, options))));
    }

    private static StreamReply completed(S3Call call, S3Operation.CompleteMultipartUpload operation, ObjectInfo info) {
        var xml = XmlWriter.of("CompleteMultipartUploadResult")
                .element(
                        "Location",
                        "/" + call.bucketText() + "/" + operation.key().text())
                .element("Bucket", call.bucketText())
                .element("Key", operation.key().text())
                .element("ETag", Replies.quoted(info.etag()));
        Replies.checksum(xml, info.checksum(), info.etag());
        var reply = Replies.xml(xml);
        return call.names(info.version())
                ? reply.with("x-amz-version-id", info.version().text())
                : reply;
    }

    private static List<PartClaim> parts(XmlElement document) {
        var parts = new ArrayList<PartClaim>();
        for (var element : document.named("CompleteMultipartUpload").all("Part")) {
            parts.add(part(element));
        }
        if (parts.isEmpty() || parts.size() > ObjectLimits.PARTS) {
            throw S3Error.MALFORMED_XML.refused();
        }
        return parts;
    }

    private static PartClaim part(XmlElement element) {
        try {
            var number = Integer.parseInt(element.required("PartNumber").strip());
            if (number < 1 || number > ObjectLimits.PARTS) {
                throw S3Error.INVALID_ARGUMENT.refused("Part number must be an integer between 1 and 10000, inclusive");
            }
            return new PartClaim(number, tag(element.required("ETag").strip()), checksum(element));
        } catch (NumberFormatException e) {
            throw S3Error.MALFORMED_XML.refused();
        }
    }

    /** A text that cannot be the tag of a part is that of none. */
    private static ETag tag(String text) {
        try {
            return new ETag(ConditionFields.unquoted(text));
        } catch (InvalidInput e) {
            throw S3Error.INVALID_PART.refused();
        }
    }

    private static @Nullable Checksum checksum(XmlElement part) {
        for (var child : part.children()) {
            if (child.name().startsWith("Checksum")) {
                var algorithm = ChecksumFields.algorithm(child.name().substring("Checksum".length()));
                return ChecksumFields.parse(algorithm, child.text().strip(), Checksum.Scope.FULL_OBJECT);
            }
        }
        return null;
    }

    private static long size(Headers headers) {
        var text = headers.only("x-amz-mp-object-size");
        if (text.isEmpty()) {
            return -1;
        }
        if (!text.get().matches("[0-9]{1,18}")) {
            throw S3Error.INVALID_REQUEST.refused("Value for x-amz-mp-object-size header is invalid.");
        }
        return Long.parseLong(text.get());
    }

    /** Of one made of the parts' checksums the number of parts stands behind it. */
    private static @Nullable Checksum whole(Headers headers) {
        for (var algorithm : ChecksumAlgorithm.values()) {
            var text = ChecksumFields.name(algorithm).isEmpty()
                    ? ""
                    : headers.only(ChecksumFields.field(algorithm)).orElse("");
            if (!text.isEmpty()) {
                var dash = text.indexOf('-');
                return dash < 0
                        ? ChecksumFields.parse(algorithm, text, Checksum.Scope.FULL_OBJECT)
                        : ChecksumFields.parse(algorithm, text.substring(0, dash), Checksum.Scope.COMPOSITE);
            }
        }
        return null;
    }

    private static ObjectInfo completed(
            S3Call call, S3Operation.CompleteMultipartUpload operation, CompleteOutcome outcome) {
        return switch (outcome) {
            case CompleteOutcome.Completed(var info) -> info;
            case CompleteOutcome.NoSuchUpload none -> throw noSuchUpload(operation.upload());
            case CompleteOutcome.InvalidPart(var number) ->
                throw S3Error.INVALID_PART
                        .refused()
                        .with("UploadId", operation.upload().id().text())
                        .with("PartNumber", Integer.toString(number));
            case CompleteOutcome.InvalidPartOrder order -> throw S3Error.INVALID_PART_ORDER.refused();
            case CompleteOutcome.PartTooSmall(var number, var size) ->
                throw S3Error.ENTITY_TOO_SMALL
                        .refused()
                        .with("PartNumber", Integer.toString(number))
                        .with("ProposedSize", Long.toString(size))
                        .with("MinSizeAllowed", Long.toString(ObjectLimits.LEAST_PART_BYTES));
            case CompleteOutcome.TooLarge(var size) -> throw call.tooLarge(size);
            case CompleteOutcome.SizeMismatch(var size) ->
                throw S3Error.INVALID_REQUEST.refused(
                        "The provided 'x-amz-mp-object-size' header does not match what was computed: " + size);
            case CompleteOutcome.Refused(var why) -> Writing.stored(operation.key(), why);
        };
    }

    static S3Refused noSuchUpload(UploadRef upload) {
        return S3Error.NO_SUCH_UPLOAD.refused().with("UploadId", upload.id().text());
    }

    static StreamReply abort(S3Call call, S3Operation.AbortMultipartUpload operation) {
        call.requireWritable();
        if (!call.store().uploads().abort(operation.upload())) {
            throw noSuchUpload(operation.upload());
        }
        return Replies.empty(204);
    }
}
