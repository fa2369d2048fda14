package io.triport.domain.object;

import org.jspecify.annotations.Nullable;

/**
 * What the object of an upload will have beside its bytes.
 *
 * @param checksum null where none is asked for
 * @param checksumScope how the parts' checksums become that of the object; without an effect where none is asked for
 */
public record UploadOptions(
        HttpMetadata http,
        UserMetadata user,
        Tags tags,
        StorageClass storageClass,
        @Nullable ChecksumAlgorithm checksum,
        Checksum.Scope checksumScope) {
    public static final UploadOptions PLAIN = new UploadOptions(
            HttpMetadata.NONE, UserMetadata.NONE, Tags.NONE, StorageClass.STANDARD, null, Checksum.Scope.COMPOSITE);
}
