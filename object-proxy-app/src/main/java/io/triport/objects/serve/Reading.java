package io.triport.objects.serve;

import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Slice;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.ConditionFields;
import io.triport.objects.wire.MetadataFields;
import io.triport.objects.wire.RangeField;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Query;
import io.triport.objects.wire.S3Refused;
import io.triport.objects.wire.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** GET and HEAD of objects. */
final class Reading {
    private static final Map<HttpMetadata.Field, String> OVERRIDES = new EnumMap<>(Map.of(
            HttpMetadata.Field.CACHE_CONTROL, "response-cache-control",
            HttpMetadata.Field.CONTENT_DISPOSITION, "response-content-disposition",
            HttpMetadata.Field.CONTENT_ENCODING, "response-content-encoding",
            HttpMetadata.Field.CONTENT_LANGUAGE, "response-content-language",
            HttpMetadata.Field.CONTENT_TYPE, "response-content-type",
            HttpMetadata.Field.EXPIRES, "response-expires"));

    private Reading() {}

    static StreamReply get(S3Call call, S3Operation.GetObject operation) {
        refuseOverrides(call, operation.query());
        refuseKey(call);
        var range = range(call, operation.query());
        var options = new ReadOptions(range, ConditionFields.of(call.headers()));
        return switch (call.store().get(operation.object(), options)) {
            case GetOutcome.Found found -> {
                var parts = range instanceof ByteRange.Part ? found.partCount() : 0;
                yield head(call, found.info(), operation.query(), range, found.slice(), parts)
                        .with(found.content());
            }
            case GetOutcome.NotModified(var info) -> notModified(call, info);
            case GetOutcome.PreconditionFailed failed -> throw S3Error.PRECONDITION_FAILED.refused();
            case GetOutcome.Missing missing -> throw missing(call, operation.object());
            case GetOutcome.Deleted(var marker, var modified) ->
                throw deleted(call, operation.object(), marker, modified);
            case GetOutcome.RangeRefused(var size) -> throw rangeRefused(call, size);
        };
    }

    static StreamReply head(S3Call call, S3Operation.HeadObject operation) {
        refuseOverrides(call, operation.query());
        refuseKey(call);
        var info = info(call, operation.object());
        switch (ConditionFields.of(call.headers()).judge(info.etag(), info.modified())) {
            case PASSES -> {
                // goes on
            }
            case NOT_MODIFIED -> {
                return notModified(call, info);
            }
            case FAILED -> throw S3Error.PRECONDITION_FAILED.refused();
        }
        var range = range(call, operation.query());
        if (range instanceof ByteRange.Part part && unknownParts(call, info)) {
            return partHead(call, operation, part);
        }
        var slice = slice(call, info, range);
        var parts = range instanceof ByteRange.Part ? info.parts().size() : 0;
        return head(call, info, operation.query(), range, slice, parts).ofLength(slice.length());
    }

    /** Endpoints tell of parts only where these have checksums. */
    private static boolean unknownParts(S3Call call, ObjectInfo info) {
        return call.remote() && info.parts().isEmpty() && info.etag().text().indexOf('-') >= 0;
    }

    /** What its GET would say, whose bytes are not read. */
    private static StreamReply partHead(S3Call call, S3Operation.HeadObject operation, ByteRange.Part part) {
        return switch (call.store().get(operation.object(), new ReadOptions(part, Conditions.NONE))) {
            case GetOutcome.Found found -> {
                found.content().close();
                yield head(call, found.info(), operation.query(), part, found.slice(), found.partCount())
                        .ofLength(found.slice().length());
            }
            case GetOutcome.RangeRefused(var size) -> throw rangeRefused(call, size);
            case GetOutcome.Deleted(var marker, var modified) ->
                throw deleted(call, operation.object(), marker, modified);
            case GetOutcome.Missing missing -> throw missing(call, operation.object());
            case GetOutcome.NotModified same -> throw S3Error.PRECONDITION_FAILED.refused();
            case GetOutcome.PreconditionFailed failed -> throw S3Error.PRECONDITION_FAILED.refused();
        };
    }

    /** @throws S3Refused where it is not there */
    static ObjectInfo info(S3Call call, ObjectRef object) {
        return switch (call.store().head(object)) {
            case HeadOutcome.Found(var info) -> info;
            case HeadOutcome.Missing missing -> throw missing(call, object);
            case HeadOutcome.Deleted(var marker, var modified) -> throw deleted(call, object, marker, modified);
        };
    }

    static S3Refused missing(S3Call call, ObjectRef object) {
        return object.version() == null
                ? call.missing(object.key(), S3Error.NO_SUCH_KEY)
                : call.missing(object.key(), S3Error.NO_SUCH_VERSION)
                        .with("VersionId", object.version().text());
    }

    private static S3Refused deleted(S3Call call, ObjectRef object, VersionId marker, Instant modified) {
        var refused = object.version() == null
                ? call.missing(object.key(), S3Error.NO_SUCH_KEY)
                : S3Error.METHOD_NOT_ALLOWED
                        .refused()
                        .field("Allow", "DELETE")
                        .field("Last-Modified", Times.field(modified));
        return refused.field("x-amz-delete-marker", "true").field("x-amz-version-id", marker.text());
    }

    /** What lies with us is not encrypted with the caller's key. */
    private static void refuseKey(S3Call call) {
        if (!call.remote()) {
            MetadataFields.refuseKey(call.headers());
        }
    }

    private static void refuseOverrides(S3Call call, S3Query query) {
        if (call.anonymous() && OVERRIDES.values().stream().anyMatch(query::has)) {
            throw S3Error.INVALID_REQUEST.refused(
                    "Request specific response headers cannot be used for anonymous GET requests.");
        }
    }

    private static @Nullable ByteRange range(S3Call call, S3Query query) {
        var field = call.headers().only("range").flatMap(RangeField::parse);
        if (!query.has("partNumber")) {
            return field.orElse(null);
        }
        if (field.isPresent()) {
            throw S3Error.INVALID_REQUEST.refused("Cannot specify both Range header and partNumber query parameter");
        }
        try {
            return new ByteRange.Part(query.number("partNumber", 0, Integer.MAX_VALUE));
        } catch (InvalidInput e) {
            throw S3Query.argument(
                    "partNumber",
                    query.text("partNumber"),
                    "Part number must be an integer between 1 and 10000, inclusive");
        }
    }

    private static Slice slice(S3Call call, ObjectInfo info, @Nullable ByteRange range) {
        var size = info.size();
        return switch (range) {
            case null -> new Slice(0, size);
            case ByteRange.Between(var first, var last)
            when first < size -> new Slice(first, Math.min(last, size - 1) - first + 1);
            case ByteRange.From(var first) when first < size -> new Slice(first, size - first);
            case ByteRange.Last(var count)
            when count > 0 && size > 0 -> new Slice(size - Math.min(count, size), Math.min(count, size));
            case ByteRange.Part(var number) -> part(call, info, number);
            default -> throw rangeRefused(call, size);
        };
    }

    private static Slice part(S3Call call, ObjectInfo info, int number) {
        if (info.parts().isEmpty() && number == 1) {
            return new Slice(0, info.size());
        }
        if (number > info.parts().size()) {
            throw rangeRefused(call, info.size());
        }
        var offset = info.parts().subList(0, number - 1).stream()
                .mapToLong(part -> part.size())
                .sum();
        return new Slice(offset, info.parts().get(number - 1).size());
    }

    private static S3Refused rangeRefused(S3Call call, long size) {
        return S3Error.INVALID_RANGE
                .refused()
                .with("RangeRequested", call.headers().only("range").orElse(""))
                .with("ActualObjectSize", Long.toString(size))
                .field("Content-Range", "bytes */" + size);
    }

    private static StreamReply notModified(S3Call call, ObjectInfo info) {
        return version(
                call,
                info,
                StreamReply.of(304)
                        .with("ETag", Replies.quoted(info.etag()))
                        .with("Last-Modified", Times.field(info.modified())));
    }

    private static StreamReply version(S3Call call, ObjectInfo info, StreamReply reply) {
        return call.names(info.version())
                ? reply.with("x-amz-version-id", info.version().text())
                : reply;
    }

    private static StreamReply head(
            S3Call call, ObjectInfo info, S3Query query, @Nullable ByteRange range, Slice slice, int parts) {
        var ranged = range != null && !(range instanceof ByteRange.Part && info.size() == 0);
        // One list: a reply copies its fields whenever one is added.
        var fields = new ArrayList<StreamReply.Field>();
        add(fields, "ETag", Replies.quoted(info.etag()));
        add(fields, "Last-Modified", Times.field(info.modified()));
        add(fields, "Accept-Ranges", "bytes");
        for (var field : HttpMetadata.Field.values()) {
            var value = query.get(OVERRIDES.getOrDefault(field, ""))
                    .or(() -> info.http().get(field));
            if (value.isPresent()) {
                add(fields, field.header(), printable(value.get()));
            } else if (field == HttpMetadata.Field.CONTENT_TYPE) {
                add(fields, field.header(), "binary/octet-stream");
            }
        }
        info.user().entries().forEach((name, value) -> add(fields, "x-amz-meta-" + name, value));
        if (call.names(info.version())) {
            add(fields, "x-amz-version-id", info.version().text());
        }
        if (info.tags() > 0) {
            add(fields, "x-amz-tagging-count", Integer.toString(info.tags()));
        }
        if (parts > 0) {
            add(fields, "x-amz-mp-parts-count", Integer.toString(parts));
        }
        if (!info.storageClass().equals(StorageClass.STANDARD)) {
            add(fields, "x-amz-storage-class", info.storageClass().text());
        }
        if (ranged) {
            var last = slice.offset() + slice.length() - 1;
            add(fields, "Content-Range", "bytes " + slice.offset() + "-" + last + "/" + info.size());
        } else if (call.headers().only("x-amz-checksum-mode").orElse("").equalsIgnoreCase("ENABLED")) {
            fields.addAll(Replies.checksum(info));
        }
        return StreamReply.of(ranged ? 206 : 200).with(fields);
    }

    private static void add(List<StreamReply.Field> fields, String name, String value) {
        fields.add(new StreamReply.Field(name, value));
    }

    /** What a query may give to a field of the answer must not become two. */
    private static String printable(String value) {
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F || c > 0xFF)) {
            throw S3Error.INVALID_ARGUMENT.refused("Header value cannot be represented using ISO-8859-1.");
        }
        return value;
    }
}
