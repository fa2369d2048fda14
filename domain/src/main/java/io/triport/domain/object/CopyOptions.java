package io.triport.domain.object;

import org.jspecify.annotations.Nullable;

/**
 * What a copy has of its own.
 *
 * @param metadata null to take what the source has
 * @param tags null to take those of the source
 * @param checksum null to keep the source's
 * @param mostBytes that the copy may have, 1 to {@link ObjectLimits#OBJECT_BYTES}
 */
public record CopyOptions(
        @Nullable Metadata metadata,
        @Nullable Tags tags,
        @Nullable StorageClass storageClass,
        @Nullable ChecksumAlgorithm checksum,
        Conditions conditions,
        long mostBytes) {
    public static final CopyOptions SAME = new CopyOptions(null, null, null, null, Conditions.NONE);

    /** Of a copy as long as there can be. */
    public CopyOptions(
            @Nullable Metadata metadata,
            @Nullable Tags tags,
            @Nullable StorageClass storageClass,
            @Nullable ChecksumAlgorithm checksum,
            Conditions conditions) {
        this(metadata, tags, storageClass, checksum, conditions, ObjectLimits.OBJECT_BYTES);
    }

    /** All metadata anew. */
    public record Metadata(HttpMetadata http, UserMetadata user) {}
}
