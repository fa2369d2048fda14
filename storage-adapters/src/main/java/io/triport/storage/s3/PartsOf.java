package io.triport.storage.s3;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;

/** The parts that an object was made of, as far as the endpoint tells: those with checksums, and no tags of them. */
record PartsOf(Control control, String bucket) {
    private static final int AT_ONCE = 1_000;
    private static final int PAGES = 10;

    ObjectInfo with(ObjectRef object, ObjectInfo info) {
        if (info.etag().text().indexOf('-') < 0) {
            return info;
        }
        return new ObjectInfo(
                info.key(),
                info.version(),
                info.etag(),
                info.size(),
                info.modified(),
                info.http(),
                info.user(),
                info.storageClass(),
                info.tags(),
                info.checksum(),
                parts(object, info));
    }

    private List<ObjectPart> parts(ObjectRef object, ObjectInfo info) {
        var parts = new ArrayList<ObjectPart>();
        var after = 0;
        for (var page = 0; page < PAGES; page++) {
            var answer = page(object, after);
            if (answer == null || answer.objectParts() == null) {
                break;
            }
            answer.objectParts().parts().forEach(part -> parts.add(part(part, info)));
            if (!Boolean.TRUE.equals(answer.objectParts().isTruncated()) || parts.isEmpty()) {
                break;
            }
            after = parts.getLast().number();
        }
        return parts;
    }

    /** Null from an endpoint that does not know the call. */
    private @Nullable GetObjectAttributesResponse page(ObjectRef object, int after) {
        try {
            return control.mustCall(
                    Effect.NONE,
                    client -> client.getObjectAttributes(request -> request.bucket(bucket)
                            .key(object.key().text())
                            .versionId(
                                    object.version() == null
                                            ? null
                                            : object.version().text())
                            .objectAttributes(ObjectAttributes.OBJECT_PARTS)
                            .maxParts(AT_ONCE)
                            .partNumberMarker(after)),
                    answer -> answer);
        } catch (StorageFailure.Rejected | StorageFailure.AccessDenied e) {
            return null;
        }
    }

    private static ObjectPart part(software.amazon.awssdk.services.s3.model.ObjectPart part, ObjectInfo info) {
        var algorithm = info.checksum() == null ? null : info.checksum().algorithm();
        return new ObjectPart(
                part.partNumber(),
                new ETag("-"),
                part.size() == null ? 0 : part.size(),
                info.modified(),
                algorithm == null ? null : Heads.checksum(algorithm, value(part, algorithm), false));
    }

    private static @Nullable String value(
            software.amazon.awssdk.services.s3.model.ObjectPart part, ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> part.checksumCRC32();
            case CRC32C -> part.checksumCRC32C();
            case CRC64NVME -> part.checksumCRC64NVME();
            case SHA1 -> part.checksumSHA1();
            case SHA256 -> part.checksumSHA256();
            case MD5, SHA384, SHA512 -> null;
        };
    }
}
