package io.triport.storage.s3;

import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.VersionId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/** Copies made by the endpoint. @param reads of what was made */
record Copies(Control control, String bucket, Reads reads, ConditionProbe probe, Source source) {
    /** Where they come from. */
    record Source(String bucket, Reads reads) {}

    CopyOutcome copy(CopySource from, ObjectKey target, CopyOptions options) {
        ConditionFields.requireWritable(options.conditions());
        if (options.conditions().ifMatch() != null || options.conditions().ifNoneMatch() != null) {
            probe.require(target);
        }
        if (options.mostBytes() < ObjectLimits.OBJECT_BYTES
                && source.reads().head(from.object()) instanceof HeadOutcome.Found(var info)
                && info.size() > options.mostBytes()) {
            return new CopyOutcome.TooLarge(info.size());
        }
        var request = request(from, target, options);
        try {
            var answer = control.call(Effect.REPEATABLE, client -> client.copyObject(request), result -> result);
            return copied(target, answer);
        } catch (Control.Refused e) {
            return refused(from, options, e.error());
        }
    }

    private CopyOutcome copied(ObjectKey target, CopyObjectResponse answer) {
        var version = answer.versionId() == null ? null : new VersionId(answer.versionId());
        if (!(reads.head(new ObjectRef(target, version)) instanceof HeadOutcome.Found made)) {
            throw Failures.malformed(Effect.REPEATABLE);
        }
        var from = answer.copySourceVersionId();
        return new CopyOutcome.Copied(made.info(), from == null ? VersionId.NULL : new VersionId(from));
    }

    private CopyOutcome refused(CopySource from, CopyOptions options, UpstreamError error) {
        if (error.status() == 404 && error.code().equals("NoSuchVersion")) {
            return new CopyOutcome.SourceMissing();
        }
        if (error.status() == 404 && !error.code().equals("NoSuchBucket")) {
            return options.conditions().needObject() && there(from.object())
                    ? new CopyOutcome.Refused(new PutOutcome.Missing())
                    : new CopyOutcome.SourceMissing();
        }
        if (error.status() == 412) {
            return fails(from)
                    ? new CopyOutcome.SourceConditionFailed()
                    : new CopyOutcome.Refused(new PutOutcome.PreconditionFailed());
        }
        return WriteRefusals.of(error, options.conditions())
                .map(CopyOutcome.Refused::new)
                .orElseThrow(() -> Failures.of(error, Effect.REPEATABLE));
    }

    private boolean there(ObjectRef object) {
        return source.reads().head(object) instanceof HeadOutcome.Found;
    }

    /** One status serves the conditions of both sides; those of the source are judged again by what it is now. */
    private boolean fails(CopySource from) {
        return source.reads().head(from.object()) instanceof HeadOutcome.Found(var info)
                && from.conditions().judge(info.etag(), info.modified()) != Conditions.Verdict.PASSES;
    }

    private CopyObjectRequest request(CopySource from, ObjectKey target, CopyOptions options) {
        var request = CopyObjectRequest.builder()
                .sourceBucket(source.bucket())
                .sourceKey(from.object().key().text())
                .sourceVersionId(version(from.object()))
                .copySourceIfMatch(ConditionFields.text(from.conditions().ifMatch()))
                .copySourceIfNoneMatch(ConditionFields.text(from.conditions().ifNoneMatch()))
                .copySourceIfModifiedSince(from.conditions().ifModifiedSince())
                .copySourceIfUnmodifiedSince(from.conditions().ifUnmodifiedSince())
                .destinationBucket(bucket)
                .destinationKey(target.text())
                .ifMatch(ConditionFields.text(options.conditions().ifMatch()))
                .ifNoneMatch(ConditionFields.text(options.conditions().ifNoneMatch()))
                .storageClass(
                        options.storageClass() == null
                                ? null
                                : options.storageClass().text())
                .checksumAlgorithm(algorithm(options.checksum()))
                .overrideConfiguration(Control::patient);
        if (options.tags() != null) {
            request.taggingDirective(TaggingDirective.REPLACE).tagging(Heads.tagging(options.tags()));
        }
        if (options.metadata() != null) {
            request.metadataDirective(MetadataDirective.REPLACE)
                    .metadata(Heads.user(options.metadata().user()));
            options.metadata().http().fields().forEach((field, value) -> set(request, field, Heads.plain(value)));
        }
        return request.build();
    }

    private static void set(CopyObjectRequest.Builder request, HttpMetadata.Field field, String value) {
        switch (field) {
            case CACHE_CONTROL -> request.cacheControl(value);
            case CONTENT_DISPOSITION -> request.contentDisposition(value);
            case CONTENT_ENCODING -> request.contentEncoding(value);
            case CONTENT_LANGUAGE -> request.contentLanguage(value);
            case CONTENT_TYPE -> request.contentType(value);
            case EXPIRES -> Expiring.header(request, value);
        }
    }

    PartOutcome part(UploadRef upload, int number, CopySource from) {
        if (!(source.reads().head(from.object()) instanceof HeadOutcome.Found(var info))) {
            return new PartOutcome.SourceMissing();
        }
        var range = range(from.range(), info.size());
        if (from.range() != null && range.isEmpty()) {
            return new PartOutcome.SourceRangeRefused(info.size());
        }
        var request = UploadPartCopyRequest.builder()
                .sourceBucket(source.bucket())
                .sourceKey(from.object().key().text())
                .sourceVersionId(version(from.object()))
                .copySourceIfMatch(ConditionFields.text(from.conditions().ifMatch()))
                .copySourceIfNoneMatch(ConditionFields.text(from.conditions().ifNoneMatch()))
                .copySourceIfModifiedSince(from.conditions().ifModifiedSince())
                .copySourceIfUnmodifiedSince(from.conditions().ifUnmodifiedSince())
                .copySourceRange(range.map(Span::text).orElse(null))
                .destinationBucket(bucket)
                .destinationKey(upload.key().text())
                .uploadId(upload.id().text())
                .partNumber(number)
                .overrideConfiguration(Control::patient)
                .build();
        var size = range.map(Span::size).orElse(info.size());
        try {
            return control.call(
                    Effect.REPEATABLE, client -> client.uploadPartCopy(request), answer -> part(number, size, answer));
        } catch (Control.Refused e) {
            return switch (e.error().code()) {
                case "NoSuchUpload" -> new PartOutcome.NoSuchUpload();
                case "NoSuchKey", "NoSuchVersion" -> new PartOutcome.SourceMissing();
                case "PreconditionFailed" -> new PartOutcome.SourceConditionFailed();
                case "InvalidRange" -> new PartOutcome.SourceRangeRefused(info.size());
                default -> throw Failures.of(e.error(), Effect.REPEATABLE);
            };
        }
    }

    private static PartOutcome part(int number, long size, UploadPartCopyResponse answer) {
        var made = answer.copyPartResult();
        return new PartOutcome.Stored(new ObjectPart(
                number, Heads.etag(Objects.requireNonNullElse(made.eTag(), "")), size, made.lastModified(), null));
    }

    private record Span(long first, long last) {
        private String text() {
            return "bytes=" + first + "-" + last;
        }

        private long size() {
            return last - first + 1;
        }
    }

    /** Empty for none, and for one that does not lie within the source. */
    private static Optional<Span> range(@Nullable ByteRange range, long size) {
        return Optional.ofNullable(
                        switch (range) {
                            case null -> null;
                            case ByteRange.Between between -> new Span(between.first(), between.last());
                            case ByteRange.From from -> new Span(from.first(), size - 1);
                            case ByteRange.Last last -> new Span(Math.max(0, size - last.count()), size - 1);
                            case ByteRange.Part part -> null;
                        })
                .filter(span -> span.first() <= span.last() && span.last() < size);
    }

    private static @Nullable String version(ObjectRef object) {
        return object.version() == null ? null : object.version().text();
    }

    private static @Nullable ChecksumAlgorithm algorithm(
            io.triport.domain.object.@Nullable ChecksumAlgorithm algorithm) {
        return algorithm == null ? null : ChecksumAlgorithm.fromValue(algorithm.name());
    }
}
