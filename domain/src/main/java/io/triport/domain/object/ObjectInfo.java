package io.triport.domain.object;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All about an object but its bytes.
 *
 * @param modified when it was written
 * @param checksum null where none was asked for
 * @param parts those of a multipart upload, in the answer of {@link ObjectStore#head} only; else empty
 */
public record ObjectInfo(
        ObjectKey key,
        VersionId version,
        ETag etag,
        long size,
        Instant modified,
        HttpMetadata http,
        UserMetadata user,
        StorageClass storageClass,
        int tags,
        @Nullable Checksum checksum,
        List<ObjectPart> parts) {
    public ObjectInfo {
        parts = List.copyOf(parts);
    }
}
