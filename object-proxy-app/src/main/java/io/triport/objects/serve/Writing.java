package io.triport.objects.serve;

import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.ByteSize;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.ChecksumFields;
import io.triport.objects.wire.ConditionFields;
import io.triport.objects.wire.MetadataFields;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Refused;
import java.util.List;

/** PUT and DELETE of objects. */
final class Writing {
    private static final ByteSize LONGEST = ByteSize.ofBytes(ObjectLimits.PUT_BYTES);

    private Writing() {}

    static StreamReply put(S3Call call, S3Operation.PutObject operation) {
        call.requireWritable();
        var headers = call.headers();
        call.refuseUnsupported(headers);
        var http = MetadataFields.http(headers);
        var user = MetadataFields.user(headers);
        var tags = MetadataFields.tags(headers);
        var storageClass = MetadataFields.storageClass(headers);
        var conditions = ConditionFields.ofWrite(headers);
        var store = call.store();
        var content = call.upload(longest(call));
        var checksums = ChecksumFields.claims(headers, content);
        var options = new WriteOptions(http, user, tags, storageClass, conditions, checksums);
        var info = stored(operation.key(), store.put(operation.key(), content, options));
        return written(call, info);
    }

    static ByteSize longest(S3Call call) {
        return call.bucket().mostBytes().compareTo(LONGEST) < 0 ? call.bucket().mostBytes() : LONGEST;
    }

    static StreamReply written(S3Call call, ObjectInfo info) {
        var reply =
                StreamReply.of(200).with("ETag", Replies.quoted(info.etag())).with(Replies.checksum(info));
        return call.names(info.version())
                ? reply.with("x-amz-version-id", info.version().text())
                : reply;
    }

    /** @throws S3Refused where it was not stored */
    static ObjectInfo stored(ObjectKey key, PutOutcome outcome) {
        return switch (outcome) {
            case PutOutcome.Stored(var info) -> info;
            case PutOutcome.PreconditionFailed failed -> throw S3Error.PRECONDITION_FAILED.refused();
            case PutOutcome.Missing missing ->
                throw S3Error.NO_SUCH_KEY.refused().with("Key", key.text());
            case PutOutcome.Conflict conflict -> throw S3Error.CONDITIONAL_REQUEST_CONFLICT.refused();
            case PutOutcome.ChecksumMismatch(var algorithm) -> throw mismatch(algorithm);
        };
    }

    static S3Refused mismatch(ChecksumAlgorithm algorithm) {
        var what = algorithm == ChecksumAlgorithm.MD5 ? "Content-MD5" : algorithm.name();
        return S3Error.BAD_DIGEST.refused("The " + what + " you specified did not match the calculated checksum.");
    }

    static StreamReply delete(S3Call call, S3Operation.DeleteObject operation) {
        call.requireWritable();
        var conditions = ConditionFields.ofWrite(call.headers());
        var outcome =
                call.store().delete(List.of(operation.object()), conditions).getFirst();
        return switch (outcome) {
            case DeleteOutcome.Deleted deleted -> {
                var reply = StreamReply.of(204);
                if (deleted.version() != null && call.names(deleted.version())) {
                    reply = reply.with("x-amz-version-id", deleted.version().text());
                }
                yield deleted.marker() ? reply.with("x-amz-delete-marker", "true") : reply;
            }
            case DeleteOutcome.PreconditionFailed failed -> throw S3Error.PRECONDITION_FAILED.refused();
            case DeleteOutcome.Missing missing -> throw Reading.missing(call, operation.object());
            case DeleteOutcome.Denied denied -> throw S3Error.ACCESS_DENIED.refused();
            case DeleteOutcome.Failed failed -> throw S3Error.SERVICE_UNAVAILABLE.refused();
        };
    }
}
