package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PassedFields;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PUT of objects and parts. */
record Writes(Upstream upstream, ConditionProbe probe, Spool spool, PassedFields passed) {
    PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
        var body = body(content, options.checksums(), () -> require(key, options));
        var fields = new HashMap<>(passed.asked());
        fields.putAll(Heads.fields(options.http(), options.user(), options.tags(), options.storageClass()));
        fields.putAll(ConditionFields.writing(options.conditions()));
        var sent = sent(key.bytes(), List.of(), fields, body);
        if (sent.isEmpty()) {
            return new PutOutcome.ChecksumMismatch(mismatch(body));
        }
        var answer = sent.get();
        if (!answer.succeeded()) {
            return refused(error(answer), options);
        }
        answer.drop();
        passed.answered(Passing.answered(answer.head().fields()));
        return new PutOutcome.Stored(new ObjectInfo(
                key,
                version(answer),
                etag(answer),
                body.length(),
                upstream.clock().instant(),
                options.http(),
                options.user(),
                options.storageClass(),
                options.tags().entries().size(),
                checksum(body, answer),
                List.of()));
    }

    PartOutcome part(UploadRef upload, int number, Content content, List<ChecksumClaim> checksums) {
        var body = body(content, checksums, () -> {});
        var query = List.of(
                Map.entry("partNumber", Integer.toString(number)),
                Map.entry("uploadId", upload.id().text()));
        var sent = sent(upload.key().bytes(), query, passed.asked(), body);
        if (sent.isEmpty()) {
            return new PartOutcome.ChecksumMismatch(mismatch(body));
        }
        var answer = sent.get();
        if (!answer.succeeded()) {
            var error = error(answer);
            if ("NoSuchUpload".equals(error.code())) {
                return new PartOutcome.NoSuchUpload();
            }
            throw Failures.of(error, Effect.REPEATABLE);
        }
        answer.drop();
        passed.answered(Passing.answered(answer.head().fields()));
        return new PartOutcome.Stored(new ObjectPart(
                number, etag(answer), body.length(), upstream.clock().instant(), checksum(body, answer)));
    }

    /** That of ours, or what the endpoint made of its own accord, as it does of the parts of some uploads. */
    private static @Nullable Checksum checksum(UploadBody body, Answer answer) {
        var kept = body.sums().kept();
        return kept == null ? Heads.checksum(answer) : kept;
    }

    private void require(ObjectKey key, WriteOptions options) {
        ConditionFields.requireWritable(options.conditions());
        if (options.conditions().ifMatch() != null || options.conditions().ifNoneMatch() != null) {
            probe.require(key);
        }
    }

    /** The content is given back where the call cannot be made. */
    private UploadBody body(Content content, List<ChecksumClaim> checksums, Runnable require) {
        try {
            require.run();
            var sums = Sums.of(checksums);
            var measured = content.length().isPresent() ? content : spool.measured(content);
            var length = measured.length().orElseThrow();
            if (length > ObjectLimits.PUT_BYTES) {
                throw new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, "s3: more than 5 GiB at once");
            }
            return new UploadBody(measured, length, sums, upstream.transport().ticker());
        } catch (RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /** Empty where the bytes are not those that were claimed. */
    private Optional<Answer> sent(
            Bytes key, List<Map.Entry<String, String>> query, Map<String, String> fields, UploadBody body) {
        try {
            if (body.length() == 0) {
                body.readEmpty();
                body.failure().ifPresent(Upstream::rethrow);
                if (body.mismatch().isPresent()) {
                    return Optional.empty();
                }
            }
            return Optional.of(upstream.send(new Outgoing("PUT", key, query, fields, body, Effect.REPEATABLE)));
        } catch (InterruptedException e) {
            throw Transport.interrupted(e, Effect.NONE);
        } catch (InvalidInput e) {
            if (body.mismatch().isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ChecksumAlgorithm mismatch(UploadBody body) {
        return body.mismatch().orElseThrow();
    }

    private static PutOutcome refused(UpstreamError error, WriteOptions options) {
        return WriteRefusals.of(error, options.conditions()).orElseThrow(() -> Failures.of(error, Effect.REPEATABLE));
    }

    private static UpstreamError error(Answer answer) {
        try {
            return answer.error();
        } catch (InterruptedException e) {
            throw Transport.interrupted(e, Effect.REPEATABLE);
        }
    }

    private static ETag etag(Answer answer) {
        try {
            return Heads.etag(answer.field("ETag").orElse(""));
        } catch (InvalidInput e) {
            throw Failures.malformed(Effect.REPEATABLE);
        }
    }

    private static VersionId version(Answer answer) {
        try {
            return answer.field("x-amz-version-id").map(VersionId::new).orElse(VersionId.NULL);
        } catch (InvalidInput e) {
            throw Failures.malformed(Effect.REPEATABLE);
        }
    }
}
