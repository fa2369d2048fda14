package io.triport.domain.object;

import io.triport.domain.request.InvalidInput;
import java.util.List;

/**
 * What is stored with the bytes of a write, and when it shall take effect.
 *
 * @param checksums that the bytes must have; at most one that is kept
 */
public record WriteOptions(
        HttpMetadata http,
        UserMetadata user,
        Tags tags,
        StorageClass storageClass,
        Conditions conditions,
        List<ChecksumClaim> checksums) {
    public static final WriteOptions PLAIN = new WriteOptions(
            HttpMetadata.NONE, UserMetadata.NONE, Tags.NONE, StorageClass.STANDARD, Conditions.NONE, List.of());

    /** @throws InvalidInput for two checksums that are to be kept */
    public WriteOptions {
        checksums = List.copyOf(checksums);
        if (checksums.stream().filter(ChecksumClaim::kept).count() > 1) {
            throw new InvalidInput("checksum", "at most one");
        }
    }

    public WriteOptions under(Conditions other) {
        return new WriteOptions(http, user, tags, storageClass, other, checksums);
    }

    public WriteOptions with(ChecksumClaim checksum) {
        return new WriteOptions(http, user, tags, storageClass, conditions, List.of(checksum));
    }
}
