package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PartPage;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.UploadRef;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;

/** Uploads in parts at an endpoint. */
record S3ObjectUploads(Control control, String bucket, Writes writes, Copies copies, Completion completion)
        implements ObjectUploads {
    private static final String NUMBERS = "1..10000";

    @Override
    public UploadRef start(ObjectKey key, UploadOptions options) {
        var request = CreateMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key.text())
                .metadata(Heads.user(options.user()))
                .tagging(options.tags().entries().isEmpty() ? null : Heads.tagging(options.tags()))
                .storageClass(options.storageClass().text())
                .checksumAlgorithm(
                        options.checksum() == null ? null : options.checksum().name())
                .checksumType(type(options));
        options.http().fields().forEach((field, value) -> {
            switch (field) {
                case CACHE_CONTROL -> request.cacheControl(value);
                case CONTENT_DISPOSITION -> request.contentDisposition(value);
                case CONTENT_ENCODING -> request.contentEncoding(value);
                case CONTENT_LANGUAGE -> request.contentLanguage(value);
                case CONTENT_TYPE -> request.contentType(value);
                case EXPIRES -> Expiring.header(request, value);
            }
        });
        var built = request.build();
        return control.mustCall(
                Effect.ONCE,
                client -> client.createMultipartUpload(built),
                answer -> new UploadRef(key, Uploaded.id(answer.uploadId())));
    }

    private static @Nullable ChecksumType type(UploadOptions options) {
        if (options.checksum() == null) {
            return null;
        }
        return options.checksumScope() == Checksum.Scope.COMPOSITE ? ChecksumType.COMPOSITE : ChecksumType.FULL_OBJECT;
    }

    @Override
    public PartOutcome part(UploadRef upload, int number, Content content, List<ChecksumClaim> checksums) {
        if (!numbered(number)) {
            content.close();
            throw new InvalidInput("partNumber", NUMBERS);
        }
        return writes.part(upload, number, content, checksums);
    }

    @Override
    public PartOutcome copyPart(UploadRef upload, int number, CopySource source) {
        if (!numbered(number)) {
            throw new InvalidInput("partNumber", NUMBERS);
        }
        return copies.part(upload, number, source);
    }

    private static boolean numbered(int number) {
        return number >= 1 && number <= ObjectLimits.PARTS;
    }

    @Override
    public CompleteOutcome complete(UploadRef upload, List<PartClaim> parts, CompleteOptions options) {
        if (parts.isEmpty() || parts.size() > ObjectLimits.PARTS) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "parts: " + parts.size() + " (1..10000)");
        }
        return completion.complete(upload, parts, options);
    }

    @Override
    public boolean abort(UploadRef upload) {
        var request = AbortMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(upload.key().text())
                .uploadId(upload.id().text())
                .build();
        try {
            return control.call(Effect.REPEATABLE, client -> client.abortMultipartUpload(request), answer -> true);
        } catch (Control.Refused e) {
            if ("NoSuchUpload".equals(e.error().code())) {
                return false;
            }
            throw Failures.of(e.error(), Effect.REPEATABLE);
        }
    }

    @Override
    public Optional<PartPage> parts(UploadRef upload, int after, int limit) {
        if (limit < 1 || limit > ObjectLimits.LIST_LIMIT) {
            throw new InvalidInput("limit", "1..1000");
        }
        try {
            return Optional.of(control.call(
                    Effect.NONE,
                    client -> client.listParts(request -> request.bucket(bucket)
                            .key(upload.key().text())
                            .uploadId(upload.id().text())
                            .partNumberMarker(after)
                            .maxParts(limit)),
                    Uploaded::page));
        } catch (Control.Refused e) {
            if ("NoSuchUpload".equals(e.error().code())) {
                return Optional.empty();
            }
            throw Failures.of(e.error(), Effect.NONE);
        }
    }

    @Override
    public UploadPage list(UploadQuery query) {
        return control.mustCall(
                Effect.NONE,
                client -> client.listMultipartUploads(request -> request.bucket(bucket)
                        .encodingType(EncodingType.URL)
                        .prefix(Listings.text(query.prefix()))
                        .delimiter(Listings.text(query.delimiter()))
                        .keyMarker(Listings.text(query.after()))
                        .uploadIdMarker(
                                query.afterUpload() == null
                                        ? null
                                        : query.afterUpload().text())
                        .maxUploads(query.limit())),
                Uploaded::page);
    }

    /** As the endpoint writes it; null for one that is not known here. */
    static @Nullable ChecksumAlgorithm algorithm(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "CRC32" -> ChecksumAlgorithm.CRC32;
            case "CRC32C" -> ChecksumAlgorithm.CRC32C;
            case "CRC64NVME" -> ChecksumAlgorithm.CRC64NVME;
            case "SHA1" -> ChecksumAlgorithm.SHA1;
            case "SHA256" -> ChecksumAlgorithm.SHA256;
            default -> null;
        };
    }
}
