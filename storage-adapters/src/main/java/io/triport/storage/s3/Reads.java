package io.triport.storage.s3;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.PassedFields;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Slice;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.InvalidInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** GET and HEAD. */
record Reads(Upstream upstream, PassedFields passed) {
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes (?<first>\\d{1,18})-(\\d{1,18})/(?<size>\\d{1,18})");
    private static final Pattern UNSATISFIED = Pattern.compile("bytes \\*/(?<size>\\d{1,18})");
    private static final String MARKER = "x-amz-delete-marker";

    HeadOutcome head(ObjectRef object) {
        var answer = upstream.send(request("HEAD", object, ReadOptions.WHOLE));
        if (answer.succeeded()) {
            answer.drop();
            told(answer);
            return new HeadOutcome.Found(Heads.info(object.key(), answer, length(answer)));
        }
        var error = error(answer);
        if (deleted(answer)) {
            return new HeadOutcome.Deleted(version(answer), modified(answer));
        }
        if (missing(error)) {
            return new HeadOutcome.Missing();
        }
        throw Failures.of(error, Effect.NONE);
    }

    GetOutcome get(ObjectRef object, ReadOptions options) {
        var answer = upstream.send(request("GET", object, options));
        return switch (answer.status()) {
            case 200 -> found(object.key(), answer, new Slice(0, length(answer)), length(answer));
            case 206 -> part(object.key(), answer);
            case 304 -> {
                answer.drop();
                told(answer);
                yield new GetOutcome.NotModified(Heads.info(object.key(), answer, 0));
            }
            default -> refused(object, answer);
        };
    }

    private GetOutcome refused(ObjectRef object, Answer answer) {
        var error = error(answer);
        if (deleted(answer)) {
            return new GetOutcome.Deleted(version(answer), modified(answer));
        }
        if (missing(error)) {
            return new GetOutcome.Missing();
        }
        return switch (error.status()) {
            case 412 -> new GetOutcome.PreconditionFailed(null);
            case 416 -> new GetOutcome.RangeRefused(size(object, answer, error));
            default -> throw Failures.of(error, Effect.NONE);
        };
    }

    private GetOutcome part(ObjectKey key, Answer answer) {
        var range = CONTENT_RANGE.matcher(answer.field("Content-Range").orElse(""));
        if (!range.matches()) {
            answer.drop();
            throw Failures.malformed(Effect.NONE);
        }
        var slice = new Slice(Long.parseLong(range.group("first")), length(answer));
        return found(key, answer, slice, Long.parseLong(range.group("size")));
    }

    private GetOutcome found(ObjectKey key, Answer answer, Slice slice, long size) {
        try {
            var info = Heads.info(key, answer, size);
            told(answer);
            var body = new DownloadBody(
                    answer, slice.length(), upstream.transport().watch());
            var parts =
                    answer.field("x-amz-mp-parts-count").map(Integer::parseInt).orElse(0);
            return new GetOutcome.Found(info, slice, parts, body);
        } catch (StorageFailure | NumberFormatException e) {
            answer.drop();
            throw Failures.malformed(Effect.NONE);
        }
    }

    /** How long the object is that has nothing of a range. */
    private long size(ObjectRef object, Answer answer, UpstreamError error) {
        var told = UNSATISFIED.matcher(answer.field("Content-Range").orElse(""));
        if (told.matches()) {
            return Long.parseLong(told.group("size"));
        }
        return error.element("ActualObjectSize")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElseGet(() -> head(object) instanceof HeadOutcome.Found found
                        ? found.info().size()
                        : 0L);
    }

    private void told(Answer answer) {
        passed.answered(Passing.answered(answer.head().fields()));
    }

    private Outgoing request(String method, ObjectRef object, ReadOptions options) {
        var fields = new HashMap<>(passed.asked());
        fields.putAll(ConditionFields.reading(options.conditions()));
        var query = new ArrayList<Map.Entry<String, String>>();
        fields.put("x-amz-checksum-mode", "ENABLED");
        switch (options.range()) {
            case null -> {}
            case ByteRange.Part part -> query.add(Map.entry("partNumber", Integer.toString(part.number())));
            case ByteRange.Between between -> fields.put("range", "bytes=" + between.first() + "-" + between.last());
            case ByteRange.From from -> fields.put("range", "bytes=" + from.first() + "-");
            case ByteRange.Last last -> fields.put("range", "bytes=-" + last.count());
        }
        query.addAll(versionQuery(object.version()));
        return new Outgoing(method, object.key().bytes(), query, fields, null, Effect.NONE);
    }

    static List<Map.Entry<String, String>> versionQuery(@Nullable VersionId version) {
        return version == null ? List.of() : List.of(Map.entry("versionId", version.text()));
    }

    private static UpstreamError error(Answer answer) {
        try {
            return answer.error();
        } catch (InterruptedException e) {
            throw Transport.interrupted(e, Effect.NONE);
        }
    }

    private static boolean deleted(Answer answer) {
        return (answer.status() == 404 || answer.status() == 405)
                && answer.field(MARKER).filter("true"::equals).isPresent();
    }

    /** Without a body, as HEAD has it, 404 can only mean the object. */
    private static boolean missing(UpstreamError error) {
        return error.status() == 404 && !"NoSuchBucket".equals(error.code());
    }

    private static VersionId version(Answer answer) {
        try {
            return answer.field("x-amz-version-id").map(VersionId::new).orElse(VersionId.NULL);
        } catch (InvalidInput e) {
            throw Failures.malformed(Effect.NONE);
        }
    }

    private Instant modified(Answer answer) {
        try {
            return Heads.modified(answer);
        } catch (DateTimeException e) {
            return upstream.clock().instant();
        }
    }

    private static long length(Answer answer) {
        return answer.field("Content-Length")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElseThrow(() -> {
                    answer.drop();
                    return Failures.malformed(Effect.NONE);
                });
    }
}
