package io.triport.domain.object;

import org.jspecify.annotations.Nullable;

/**
 * What a completed object must be.
 *
 * @param size in bytes; negative where the caller does not say
 * @param checksum of the whole object; null where the caller does not say
 */
public record CompleteOptions(
        Conditions conditions, long size, @Nullable Checksum checksum) {
    public static final CompleteOptions PLAIN = new CompleteOptions(Conditions.NONE, -1, null);
}
