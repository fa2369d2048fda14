package io.triport.storage.s3;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.PartPage;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.request.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/** What an endpoint tells of unfinished uploads: not the metadata that they were started with. */
final class Uploaded {
    private static final Comparator<UploadPage.Entry> BY_KEY = Comparator.comparing(Uploaded::key);

    private Uploaded() {}

    static UploadId id(@Nullable String text) {
        return new UploadId(text == null ? "" : text);
    }

    static PartPage page(ListPartsResponse answer) {
        var algorithm = S3ObjectUploads.algorithm(answer.checksumAlgorithmAsString());
        var parts = answer.parts().stream().map(part -> part(part, algorithm)).toList();
        return new PartPage(
                options(answer.storageClassAsString(), algorithm, answer.checksumTypeAsString()),
                parts,
                Boolean.TRUE.equals(answer.isTruncated()));
    }

    private static ObjectPart part(Part part, @Nullable ChecksumAlgorithm algorithm) {
        return new ObjectPart(
                part.partNumber(),
                Heads.etag(Objects.requireNonNullElse(part.eTag(), "")),
                part.size() == null ? 0 : part.size(),
                part.lastModified() == null ? Instant.EPOCH : part.lastModified(),
                algorithm == null ? null : Heads.checksum(algorithm, value(part, algorithm), false));
    }

    private static @Nullable String value(Part part, ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> part.checksumCRC32();
            case CRC32C -> part.checksumCRC32C();
            case CRC64NVME -> part.checksumCRC64NVME();
            case SHA1 -> part.checksumSHA1();
            case SHA256 -> part.checksumSHA256();
            case MD5, SHA384, SHA512 -> null;
        };
    }

    static UploadPage page(ListMultipartUploadsResponse answer) {
        var entries = new ArrayList<UploadPage.Entry>();
        for (var upload : answer.uploads()) {
            entries.add(new UploadPage.Entry.Upload(
                    new UploadRef(ObjectKey.of(upload.key()), id(upload.uploadId())),
                    upload.initiated() == null ? Instant.EPOCH : upload.initiated(),
                    options(
                            upload.storageClassAsString(),
                            S3ObjectUploads.algorithm(upload.checksumAlgorithmAsString()),
                            upload.checksumTypeAsString())));
        }
        answer.commonPrefixes()
                .forEach(found -> entries.add(new UploadPage.Entry.CommonPrefix(Bytes.utf8(found.prefix()))));
        entries.sort(BY_KEY);
        var next = Boolean.TRUE.equals(answer.isTruncated()) && answer.nextKeyMarker() != null
                ? new UploadPage.Position(
                        Bytes.utf8(answer.nextKeyMarker()),
                        answer.nextUploadIdMarker() == null
                                        || answer.nextUploadIdMarker().isEmpty()
                                ? null
                                : id(answer.nextUploadIdMarker()))
                : null;
        return new UploadPage(entries, next);
    }

    private static UploadOptions options(
            @Nullable String storageClass, @Nullable ChecksumAlgorithm algorithm, @Nullable String scope) {
        return new UploadOptions(
                HttpMetadata.NONE,
                UserMetadata.NONE,
                Tags.NONE,
                Heads.storageClass(storageClass),
                algorithm,
                "FULL_OBJECT".equals(scope) ? Checksum.Scope.FULL_OBJECT : Checksum.Scope.COMPOSITE);
    }

    private static Bytes key(UploadPage.Entry entry) {
        return switch (entry) {
            case UploadPage.Entry.Upload upload -> upload.upload().key().bytes();
            case UploadPage.Entry.CommonPrefix common -> common.prefix();
        };
    }
}
