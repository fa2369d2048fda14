package io.triport.storage.s3;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.ETag;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.VersionId;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The last step of an upload. */
record Completion(Control control, String bucket, Reads reads, ConditionProbe probe, PartSizes sizes) {
    CompleteOutcome complete(UploadRef upload, List<PartClaim> parts, CompleteOptions options) {
        ConditionFields.requireWritable(options.conditions());
        if (options.conditions().ifMatch() != null || options.conditions().ifNoneMatch() != null) {
            probe.require(upload.key());
        }
        if (options.mostBytes() < ObjectLimits.OBJECT_BYTES) {
            var size = sizes.of(upload, parts);
            if (size > options.mostBytes()) {
                return new CompleteOutcome.TooLarge(size);
            }
        }
        var request = request(upload, parts, options);
        try {
            var version = control.call(
                    Effect.REPEATABLE,
                    client -> client.completeMultipartUpload(request),
                    answer -> new Made(answer.versionId(), Heads.etag(String.valueOf(answer.eTag()))));
            return new CompleteOutcome.Completed(described(upload.key(), version));
        } catch (Control.Refused e) {
            return refused(e.error(), options);
        }
    }

    /** As it lies there, unless it was replaced since, as it may have been when it was completed some time ago. */
    private ObjectInfo described(ObjectKey key, Made made) {
        if (reads.head(new ObjectRef(key, made.id())) instanceof HeadOutcome.Found(var info)
                && info.etag().equals(made.etag())) {
            return info;
        }
        return new ObjectInfo(
                key,
                made.version() == null ? VersionId.NULL : new VersionId(made.version()),
                made.etag(),
                0,
                Instant.EPOCH,
                HttpMetadata.NONE,
                UserMetadata.NONE,
                StorageClass.STANDARD,
                0,
                null,
                List.of());
    }

    private record Made(@Nullable String version, ETag etag) {
        private @Nullable VersionId id() {
            return version == null ? null : new VersionId(version);
        }
    }

    private static CompleteOutcome refused(UpstreamError error, CompleteOptions options) {
        return switch (error.code()) {
            case "NoSuchUpload" -> new CompleteOutcome.NoSuchUpload();
            case "InvalidPart" -> new CompleteOutcome.InvalidPart((int) number(error, "PartNumber"));
            case "InvalidPartOrder" -> new CompleteOutcome.InvalidPartOrder();
            case "EntityTooSmall" ->
                new CompleteOutcome.PartTooSmall((int) number(error, "PartNumber"), number(error, "ProposedSize"));
            case "EntityTooLarge" -> new CompleteOutcome.TooLarge(number(error, "ProposedSize"));
            case "BadDigest", "InvalidDigest" -> {
                if (options.checksum() == null) {
                    throw Failures.of(error, Effect.REPEATABLE);
                }
                yield new CompleteOutcome.Refused(
                        new PutOutcome.ChecksumMismatch(options.checksum().algorithm()));
            }
            default ->
                WriteRefusals.of(error, options.conditions())
                        .<CompleteOutcome>map(CompleteOutcome.Refused::new)
                        .orElseGet(() -> {
                            if (options.size() >= 0 && "InvalidRequest".equals(error.code())) {
                                return new CompleteOutcome.SizeMismatch(options.size());
                            }
                            throw Failures.of(error, Effect.REPEATABLE);
                        });
        };
    }

    /** 0 where the endpoint does not say it. */
    private static long number(UpstreamError error, String name) {
        return error.element(name)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private CompleteMultipartUploadRequest request(UploadRef upload, List<PartClaim> parts, CompleteOptions options) {
        var named = parts.stream().map(Completion::part).toList();
        var request = CompleteMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(upload.key().text())
                .uploadId(upload.id().text())
                .multipartUpload(list -> list.parts(named))
                .mpuObjectSize(options.size() < 0 ? null : options.size())
                .ifMatch(ConditionFields.text(options.conditions().ifMatch()))
                .ifNoneMatch(ConditionFields.text(options.conditions().ifNoneMatch()))
                .overrideConfiguration(Control::patient);
        var checksum = options.checksum();
        if (checksum != null) {
            var whole = checksum.scope() == Checksum.Scope.FULL_OBJECT;
            var value = text(checksum) + (whole ? "" : "-" + parts.size());
            request.checksumType(whole ? ChecksumType.FULL_OBJECT : ChecksumType.COMPOSITE);
            switch (checksum.algorithm()) {
                case CRC32 -> request.checksumCRC32(value);
                case CRC32C -> request.checksumCRC32C(value);
                case CRC64NVME -> request.checksumCRC64NVME(value);
                case SHA1 -> request.checksumSHA1(value);
                case SHA256 -> request.checksumSHA256(value);
                case MD5, SHA384, SHA512 -> throw Sums.notKept(checksum.algorithm());
            }
        }
        return request.build();
    }

    private static CompletedPart part(PartClaim claim) {
        var part = CompletedPart.builder()
                .partNumber(claim.number())
                .eTag("\"" + claim.etag().text() + "\"");
        var checksum = claim.checksum();
        if (checksum != null) {
            set(part, checksum.algorithm(), text(checksum));
        }
        return part.build();
    }

    private static void set(CompletedPart.Builder part, ChecksumAlgorithm algorithm, String value) {
        switch (algorithm) {
            case CRC32 -> part.checksumCRC32(value);
            case CRC32C -> part.checksumCRC32C(value);
            case CRC64NVME -> part.checksumCRC64NVME(value);
            case SHA1 -> part.checksumSHA1(value);
            case SHA256 -> part.checksumSHA256(value);
            case MD5, SHA384, SHA512 -> throw Sums.notKept(algorithm);
        }
    }

    private static String text(Checksum checksum) {
        return Base64.getEncoder().encodeToString(checksum.value().toByteArray());
    }
}
