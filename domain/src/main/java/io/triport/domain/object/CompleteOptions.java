package io.triport.domain.object;

import org.jspecify.annotations.Nullable;

/**
 * What a completed object must be.
 *
 * @param size in bytes; negative where the caller does not say
 * @param checksum of the whole object; null where the caller does not say
 * @param mostBytes that it may have, 1 to {@link ObjectLimits#OBJECT_BYTES}
 */
public record CompleteOptions(
        Conditions conditions, long size, @Nullable Checksum checksum, long mostBytes) {
    public static final CompleteOptions PLAIN = new CompleteOptions(Conditions.NONE, -1, null);

    /** Of an object as long as there can be. */
    public CompleteOptions(Conditions conditions, long size, @Nullable Checksum checksum) {
        this(conditions, size, checksum, ObjectLimits.OBJECT_BYTES);
    }
}
